package dev.amphi.composer.codec;

import java.util.List;
import java.util.Locale;

/** Which encoder codes the program's picture; told to the child as an option of its machine. */
public enum EncoderChoice {
  /** x264 where the library has it, otherwise OpenH264. */
  AUTO,
  /** x264, which is under the GPL. */
  X264,
  /** Cisco's, which is under the BSD licence. */
  OPENH264;

  private static final String PROPERTY = "amphi.encoder";

  private static final String FREE = "libopenh264";
  private static final String BETTER = "libx264";

  /** FFmpeg's names of those that may be taken, the best first. */
  public List<String> encoders() {
    return switch (this) {
      case AUTO -> List.of(BETTER, FREE);
      case X264 -> List.of(BETTER);
      case OPENH264 -> List.of(FREE);
    };
  }

  /** The option of the Java machine that tells a child. */
  public String option() {
    return "-D" + PROPERTY + "=" + name().toLowerCase(Locale.ROOT);
  }

  /** What this process was told. */
  public static EncoderChoice ofThisProcess() {
    return valueOf(System.getProperty(PROPERTY, "auto").toUpperCase(Locale.ROOT));
  }
}
