package dev.amphi.server.load.sfu;

import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.SendStamp;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives publishers a picture 30 times a second and a sound 50 times, all of one size, filled with
 * the time at which they left: 1.5 Mbit/s in five packets of about 1,220 bytes a picture. Only the
 * headers are those of VP8 and Opus; a forwarder looks no further. The publishers' pictures are
 * spread evenly over the time between two.
 */
final class SteadySource implements AutoCloseable {
  /** Five equal packets of VP8. */
  static final int PICTURE_BYTES = 5_900;

  static final int KEY_PICTURE_BYTES = 4 * PICTURE_BYTES;
  static final int SOUND_BYTES = 80;

  private static final long PICTURE_NANOS = 33_333_333;
  private static final long SOUND_NANOS = 20_000_000;
  private static final int PICTURE_TICKS = 3_000;
  private static final int SOUND_TICKS = 960;

  private final Thread thread;
  private volatile boolean closed;

  /** One publisher: its client, and whether somebody asked for a key frame. */
  record Publisher(MediaClient client, AtomicBoolean keyFrameWanted) {}

  SteadySource(List<Publisher> publishers) {
    thread = Thread.ofPlatform().name("sfu-source").daemon().start(() -> run(publishers));
  }

  private void run(List<Publisher> publishers) {
    long start = System.nanoTime();
    long[] pictures = new long[publishers.size()];
    long[] sounds = new long[publishers.size()];
    while (!closed) {
      long next = Long.MAX_VALUE;
      for (int i = 0; i < pictures.length; i++) {
        Publisher publisher = publishers.get(i);
        long phase = start + i * PICTURE_NANOS / pictures.length;
        if (System.nanoTime() - (phase + pictures[i] * PICTURE_NANOS) >= 0) {
          boolean key = publisher.keyFrameWanted.getAndSet(false);
          publisher.client.send(
              Source.CAMERA, picture(key, System.nanoTime()), pictures[i]++ * PICTURE_TICKS);
        }
        if (System.nanoTime() - (phase + sounds[i] * SOUND_NANOS) >= 0) {
          publisher.client.send(
              Source.MICROPHONE, sound(System.nanoTime()), sounds[i]++ * SOUND_TICKS);
        }
        next = Math.min(next, phase + pictures[i] * PICTURE_NANOS);
        next = Math.min(next, phase + sounds[i] * SOUND_NANOS);
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** A frame with VP8's frame tag, and a key frame's start code and size (RFC 6386 §9.1). */
  static byte[] picture(boolean key, long nowNanos) {
    byte[] frame = new byte[key ? KEY_PICTURE_BYTES : PICTURE_BYTES];
    SendStamp.fill(frame, 10, nowNanos);
    frame[0] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      frame[3] = (byte) 0x9D;
      frame[4] = 0x01;
      frame[5] = 0x2A;
      frame[6] = (byte) 0x80; // 640 wide
      frame[7] = 0x02;
      frame[8] = 0x68; // 360 high
      frame[9] = 0x01;
    }
    return frame;
  }

  /** An Opus packet by its first byte (RFC 6716 §3.1): 20 ms of wide-band speech, mono. */
  static byte[] sound(long nowNanos) {
    byte[] packet = new byte[SOUND_BYTES];
    SendStamp.fill(packet, 1, nowNanos);
    packet[0] = 0x48;
    return packet;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
