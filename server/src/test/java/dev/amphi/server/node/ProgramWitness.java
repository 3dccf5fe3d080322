package dev.amphi.server.node;

import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.server.node.PaintedPeople.Person;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sees and hears a program and says who was in it. Guarded by itself. */
final class ProgramWitness implements MediaClient.Listener {
  private static final int SECOND = 48_000;
  private static final int WINDOW = SECOND / 20;
  private static final int ALIKE = 24;

  /** As many chroma samples of 320×180 that somebody's colour is not there by chance. */
  private static final int FEW = 12;

  /** Amplitude of a tone of 0.2 that the desk has brought to its level, or a little behind. */
  private static final double HEARD = 0.05;

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final AudioDecoder ears = codecs.opusDecoder();
  private final VideoDecoder eyes = codecs.h264Decoder();
  private final float[] packet = new float[2 * AudioDecoder.MAX_SAMPLES];
  private final Map<Person, Long> seen = new HashMap<>();
  private final Map<Person, Boolean> sees = new HashMap<>();
  private float[] sound = new float[SECOND];
  private int samples;
  private long pictures;

  @Override
  public synchronized void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
    if (codec == Codec.H264) {
      eyes.decode(frame.payload(), frame.timestampTicks(), (picture, time) -> look(picture));
    } else {
      int count = ears.decode(frame.payload(), packet);
      for (int i = 0; i < count; i++) {
        sample(packet[2 * i]);
      }
    }
  }

  private void look(Picture picture) {
    try (picture) {
      look(
          picture.plane(1),
          picture.plane(2),
          picture.stride(1),
          picture.width() / 2,
          picture.height() / 2);
    }
  }

  /** A picture as three planes, one behind the other. */
  synchronized void picture(ByteBuffer planes, int width, int height) {
    int luma = width * height;
    look(
        planes.slice(luma, luma / 4),
        planes.slice(luma * 5 / 4, luma / 4),
        width / 2,
        width / 2,
        height / 2);
  }

  private void look(ByteBuffer cb, ByteBuffer cr, int stride, int width, int height) {
    pictures++;
    int step = Math.max(1, width / 80);
    for (Person person : new Person[] {PaintedPeople.ADA, PaintedPeople.BEN}) {
      int alike = 0;
      for (int y = 0; y < height; y += step) {
        for (int x = 0; x < width; x += step) {
          int at = y * stride + x;
          if (Math.abs((cb.get(at) & 0xff) - person.cb()) < ALIKE
              && Math.abs((cr.get(at) & 0xff) - person.cr()) < ALIKE) {
            alike++;
          }
        }
      }
      sees.put(person, alike >= FEW);
      seen.merge(person, alike >= FEW ? 1L : 0L, Long::sum);
    }
  }

  /** One sample of the sound. */
  synchronized void sample(float value) {
    if (samples == sound.length) {
      sound = Arrays.copyOf(sound, 2 * sound.length);
    }
    sound[samples++] = value;
  }

  synchronized long pictures() {
    return pictures;
  }

  /** In how many pictures somebody's colour was. */
  synchronized long seen(Person person) {
    return seen.getOrDefault(person, 0L);
  }

  /** Whether it is in the last one. */
  synchronized boolean sees(Person person) {
    return sees.getOrDefault(person, false);
  }

  synchronized boolean hears(Person person) {
    return tone(person) > HEARD;
  }

  /** Amplitude of somebody's tone where it was loudest in the last second. */
  synchronized double tone(Person person) {
    return tone(person, Math.max(0, samples - SECOND));
  }

  /** The same of all that was heard. */
  synchronized double toneEver(Person person) {
    return tone(person, 0);
  }

  private double tone(Person person, int from) {
    double loudest = 0;
    for (int at = from; at + WINDOW <= samples; at += WINDOW / 2) {
      loudest = Math.max(loudest, amplitude(at, person.hertz()));
    }
    return loudest;
  }

  /**
   * Goertzel's algorithm under a Hann window: a program that catches up plays up to one per cent
   * faster, so a long window would miss its own tone.
   */
  private double amplitude(int from, int hertz) {
    double turn = 2 * Math.cos(2 * Math.PI * hertz / SECOND);
    double a = 0;
    double b = 0;
    for (int i = 0; i < WINDOW; i++) {
      double hann = 1 - Math.cos(2 * Math.PI * i / WINDOW);
      double next = hann * sound[from + i] + turn * a - b;
      b = a;
      a = next;
    }
    return 2 * Math.sqrt(a * a + b * b - turn * a * b) / WINDOW;
  }
}
