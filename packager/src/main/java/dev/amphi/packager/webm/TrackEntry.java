package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.util.ArrayList;
import java.util.List;

/** How a file tells its only track (RFC 9559 §5.1.4.1). */
final class TrackEntry {
  /** The number that blocks carry. */
  static final int NUMBER = 1;

  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_NUMBER = 0xD7;
  private static final int TRACK_UID = 0x73C5;
  private static final int TRACK_TYPE = 0x83;
  private static final int FLAG_LACING = 0x9C;
  private static final int NAME = 0x536E;
  private static final int LANGUAGE = 0x22B59C;
  private static final int CODEC_ID = 0x86;
  private static final int CODEC_PRIVATE = 0x63A2;
  private static final int SEEK_PRE_ROLL = 0x56BB;
  private static final int VIDEO = 0xE0;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final int AUDIO = 0xE1;
  private static final int SAMPLING_FREQUENCY = 0xB5;
  private static final int CHANNELS = 0x9F;

  private static final int TYPE_VIDEO = 1;
  private static final int TYPE_AUDIO = 2;
  private static final int SOUND_HZ = 48_000;

  /** Opus converges within 80 ms (RFC 7845 §4.6). */
  private static final long OPUS_PRE_ROLL_NANOS = 80_000_000;

  private TrackEntry() {}

  static Bytes write(WebmTrack track) {
    List<Bytes> told = new ArrayList<>();
    boolean video = track.codec().video();
    told.add(Ebml.number(TRACK_NUMBER, NUMBER));
    told.add(Ebml.number(TRACK_UID, NUMBER));
    told.add(Ebml.number(TRACK_TYPE, video ? TYPE_VIDEO : TYPE_AUDIO));
    told.add(Ebml.number(FLAG_LACING, 0));
    told.add(Ebml.text(NAME, track.name()));
    told.add(Ebml.text(LANGUAGE, "und"));
    told.add(Ebml.text(CODEC_ID, track.codec().codecId()));
    if (track.codecPrivate().length() > 0) {
      told.add(Ebml.element(CODEC_PRIVATE, track.codecPrivate()));
    }
    if (track.codec() == TrackCodec.OPUS) {
      told.add(Ebml.number(SEEK_PRE_ROLL, OPUS_PRE_ROLL_NANOS));
    }
    told.add(video ? picture(track) : sound(track));
    return Ebml.master(TRACK_ENTRY, told.toArray(Bytes[]::new));
  }

  private static Bytes picture(WebmTrack track) {
    return Ebml.master(
        VIDEO, Ebml.number(PIXEL_WIDTH, track.width()), Ebml.number(PIXEL_HEIGHT, track.height()));
  }

  private static Bytes sound(WebmTrack track) {
    return Ebml.master(
        AUDIO,
        Ebml.real(SAMPLING_FREQUENCY, SOUND_HZ),
        Ebml.number(CHANNELS, OpusHead.channels(track.codecPrivate())));
  }
}
