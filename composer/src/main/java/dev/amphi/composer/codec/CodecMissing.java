package dev.amphi.composer.codec;

/** Says which encoder or decoder this build of FFmpeg lacks, and what to do. */
public final class CodecMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CodecMissing(String sentence) {
    super(sentence);
  }
}
