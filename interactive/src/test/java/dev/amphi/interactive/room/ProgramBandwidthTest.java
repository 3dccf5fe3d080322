package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.ProgramRendition;
import dev.amphi.interactive.api.ProgramStream;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.pipeline.SeededNetwork;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.SenderOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who watches the program behind which link, and what comes out at the other end of it. */
class ProgramBandwidthTest {
  private static final ProgramStream LARGE = ProgramStream.picture("720p");
  private static final ProgramStream SMALL = ProgramStream.picture("360p");
  private static final long LARGE_BPS = 2_000_000;
  private static final long SMALL_BPS = 350_000;
  private static final byte LARGE_BYTE = 70;
  private static final byte SMALL_BYTE = 30;
  private static final byte SOUND_BYTE = 10;
  private static final int FRAMES_PER_KEY = 48;
  private static final int KEY_WEIGHT = 6;

  private final ClassFixture theClass = new ClassFixture();
  private final List<Viewer> viewers = new ArrayList<>();
  private long millis;

  @BeforeEach
  void goOnAir() {
    theClass.rooms.onAir(
        "demo",
        List.of(new ProgramRendition("720p", LARGE_BPS), new ProgramRendition("360p", SMALL_BPS)));
    theClass.loop.drain();
  }

  private static Conditions link(long bandwidthBps) {
    return new Conditions(25_000_000, 2_000_000, 0, 0, bandwidthBps, 300_000_000);
  }

  /** A viewer's own end: reports what comes, and notes it. */
  private final class Viewer {
    final SeededNetwork down;
    final SeededNetwork up;
    final MediaEndpoint end;
    final FakeTransports.Path path;

    /** When another rendition came than before, in milliseconds, and its last byte. */
    final List<long[]> changes = new ArrayList<>();

    long pictureMillis;
    long longestPictureGap;
    long soundMillis;
    long longestSoundGap;
    private final RtpPacket packet = new RtpPacket();
    private byte shown;
    private long holes;
    private long pictureSsrc = -1;
    private int sequence = -1;
    private long timestamp;

    Viewer(String id, String rendition, long seed, long bandwidthBps) {
      theClass.done(
          theClass.rooms.watch(
              ClassFixture.grant(id, Role.VIEWER),
              rendition,
              false,
              ClassFixture.offerOf("safari")));
      path = theClass.transports.paths.getLast();
      pictureMillis = millis;
      soundMillis = millis;
      down = new SeededNetwork(seed, link(bandwidthBps), this::arrive);
      up =
          new SeededNetwork(
              seed + 1,
              link(0),
              (datagram, now) -> path.listener.rtcp(datagram, 0, datagram.length, now));
      path.wire = this::leave;
      SenderOutput back =
          new SenderOutput() {
            @Override
            public void sendRtp(byte[] buffer, int offset, int length) {}

            @Override
            public void sendRtcp(byte[] buffer, int offset, int length) {
              up.send(buffer, offset, length, theClass.loop.nanos());
            }
          };
      HeaderExtensions extensions = HeaderExtensions.of(Map.of(HeaderExtension.TRANSPORT_CC, 3));
      end =
          new MediaEndpoint(
              new EndpointConfig(7, "v", NtpClock.of(0, 0), extensions, true, false), back);
      path.listener.connected();
      theClass.loop.drain();
    }

    /**
     * On the way out the picture's numbers have a hole before a key frame at most, and neither they
     * nor its times go back.
     */
    private void leave(byte[] datagram) {
      assertThat(packet.wrap(datagram, 0, datagram.length)).isTrue();
      byte last = datagram[datagram.length - 1];
      if (pictureSsrc < 0 && (last == LARGE_BYTE || last == SMALL_BYTE)) {
        pictureSsrc = packet.ssrc();
      }
      if (packet.ssrc() == pictureSsrc) {
        if (sequence >= 0) {
          int step = (packet.sequence() - sequence) & 0xFFFF;
          boolean keyFrame = packet.payloadLength() > 0 && parameterSets(packet);
          assertThat(step).isBetween(1, keyFrame ? 2_000 : 1);
          holes += step > 1 ? 1 : 0;
          assertThat((int) (packet.timestamp() - timestamp)).isNotNegative();
        }
        sequence = packet.sequence();
        timestamp = packet.timestamp();
      }
      down.send(datagram, 0, datagram.length, theClass.loop.nanos());
    }

    /** A packet that aggregates the parameter sets, or is one (RFC 6184 §5.7). */
    private static boolean parameterSets(RtpPacket packet) {
      int type = packet.buffer()[packet.payloadOffset()] & 0x1F;
      return type == 24 || type == 7;
    }

    private void arrive(byte[] datagram, long nowNanos) {
      end.onRtp(datagram, 0, datagram.length, nowNanos);
      packet.wrap(datagram, 0, datagram.length);
      byte last = datagram[datagram.length - 1];
      if (packet.ssrc() == pictureSsrc
          && last != shown
          && (last == LARGE_BYTE || last == SMALL_BYTE)) {
        shown = last;
        changes.add(new long[] {millis, last});
      }
      if (packet.ssrc() == pictureSsrc && packet.payloadLength() > 0) {
        if (millis - pictureMillis > 1_000) {
          changes.add(new long[] {millis, -(millis - pictureMillis)});
        }
        longestPictureGap = Math.max(longestPictureGap, millis - pictureMillis);
        pictureMillis = millis;
      } else if (last == SOUND_BYTE) {
        longestSoundGap = Math.max(longestSoundGap, millis - soundMillis);
        soundMillis = millis;
      }
    }

    void poll(long nowNanos) {
      down.poll(nowNanos);
      if (end.nextDeadlineNanos() <= nowNanos) {
        end.poll(nowNanos);
      }
      up.poll(nowNanos);
    }

    boolean sees(byte rendition) {
      return shown == rendition && seesAnything();
    }

    boolean seesAnything() {
      return millis - pictureMillis < 300;
    }

    long changesSince(long since) {
      return changes.stream().filter(change -> change[0] > since).count();
    }

    void look() {
      longestPictureGap = 0;
      longestSoundGap = 0;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      changes.forEach(c -> text.append(c[0]).append(" ms: ").append(c[1]).append(", "));
      return text
          + "gap of pictures "
          + longestPictureGap
          + ", of sound "
          + longestSoundGap
          + " ms, holes "
          + holes;
    }
  }

  private Viewer viewer(String rendition, long seed, long bandwidthBps) {
    Viewer viewer = new Viewer("v" + viewers.size(), rendition, seed, bandwidthBps);
    viewers.add(viewer);
    return viewer;
  }

  private void run(long forMillis) {
    for (long end = millis + forMillis; millis < end; millis++) {
      if (millis % 33 == 0) {
        int number = (int) (millis / 33);
        picture(LARGE, LARGE_BPS, LARGE_BYTE, number);
        picture(SMALL, SMALL_BPS, SMALL_BYTE, number);
      }
      if (millis % 20 == 0) {
        bring(ProgramStream.SOUND, filled(80, SOUND_BYTE), millis * 48, true);
      }
      theClass.loop.pass(1);
      viewers.forEach(viewer -> viewer.poll(theClass.loop.nanos()));
      theClass.loop.drain();
    }
  }

  private static byte[] filled(int length, byte with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, with);
    return bytes;
  }

  /** As an encoder with a fixed rate does: a key frame weighs as much as six others. */
  private void picture(ProgramStream stream, long bitrateBps, byte with, int number) {
    boolean key = number % FRAMES_PER_KEY == 0;
    int plain = (int) (bitrateBps * 33 * FRAMES_PER_KEY / 8000 / (FRAMES_PER_KEY + KEY_WEIGHT - 1));
    byte[] coded = filled(key ? KEY_WEIGHT * plain : plain, with);
    byte[] head =
        key
            ? new byte[] {0, 0, 0, 1, 0x67, 9, 9, 0, 0, 0, 1, 0x68, 9, 9, 0, 0, 0, 1, 0x65}
            : new byte[] {0, 0, 0, 1, 0x41};
    System.arraycopy(head, 0, coded, 0, head.length);
    bring(stream, coded, millis * 90, key);
  }

  /** As the feed does: only what is wanted. */
  private void bring(ProgramStream stream, byte[] coded, long ticks, boolean key) {
    if (theClass.programWanted.contains(stream)) {
      long ntp = 4_000_000_000_000_000_000L + millis * 1_000_000;
      theClass.rooms.program(
          "demo", new ProgramFrame(stream, 0, ByteBuffer.wrap(coded), ticks, ntp, key));
      theClass.loop.drain();
    }
  }

  /** Somebody comes in over such a link, and is looked at for half a minute after a while. */
  private Viewer watched(long seed, long kbps, long settlingMillis) {
    Viewer viewer = viewer("", seed, kbps * 1000);
    run(settlingMillis);
    viewer.look();
    run(30_000);
    System.out.println(kbps + " kbit/s, seed " + seed + ": " + viewer);
    return viewer;
  }

  private void showsOnly(ProgramStream picture) {
    assertThat(theClass.programWanted).containsExactlyInAnyOrder(picture, ProgramStream.SOUND);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLinkOfFiveMegabitsCarriesTheBest(long seed) {
    Viewer viewer = watched(seed, 5_000, 5_000);
    assertThat(viewer.sees(LARGE_BYTE)).isTrue();
    assertThat(viewer.changesSince(5_000)).isZero();
    showsOnly(LARGE);
  }

  /** 350 kbit/s and the sound's 46; a key frame alone takes 450 kbit/s a sixth of a second. */
  @ParameterizedTest
  @CsvSource({"1,450", "2,450", "3,450", "1,500", "2,500", "3,500", "1,600", "2,600", "3,600"})
  void whereTheSmallestJustFitsItStays(long seed, long kbps) {
    Viewer viewer = watched(seed, kbps, 15_000);
    assertThat(viewer.sees(SMALL_BYTE)).isTrue();
    assertThat(viewer.changesSince(15_000)).isZero();
    assertThat(viewer.changes).noneMatch(c -> c[0] > 7_000 && c[1] == LARGE_BYTE);
    assertThat(viewer.longestPictureGap).isLessThan(200);
    assertThat(viewer.longestSoundGap).isLessThan(200);
    showsOnly(SMALL);
  }

  @Test
  void aNarrowLinkThatIsLiftedGetsTheBestAndKeepsIt() {
    Viewer viewer = viewer("", 1, 600_000);
    run(45_000);
    viewer.down.conditions(link(5_000_000));
    run(25_000);
    viewer.look();
    run(30_000);
    System.out.println("lifted: " + viewer);
    assertThat(viewer.sees(LARGE_BYTE)).isTrue();
    assertThat(viewer.changesSince(70_000)).isZero();
    assertThat(viewer.longestPictureGap).isLessThan(150);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whereNotEvenTheSmallestFitsThereIsSoundAndThePictureComesBack(long seed) {
    Viewer viewer = viewer("", seed, 150_000);
    run(20_000);
    viewer.look();
    run(10_000);
    System.out.println("150 kbit/s, seed " + seed + ": " + viewer);
    assertThat(viewer.seesAnything()).isFalse();
    assertThat(viewer.longestSoundGap).isLessThan(200);
    assertThat(theClass.programWanted).as("nobody sees it").containsExactly(ProgramStream.SOUND);
    viewer.down.conditions(link(5_000_000));
    run(40_000);
    System.out.println("lifted, seed " + seed + ": " + viewer);
    assertThat(viewer.sees(LARGE_BYTE)).isTrue();
    assertThat(viewer.changesSince(60_000)).isZero();
  }

  @Test
  void aWeakViewerTakesNothingFromAnother() {
    Viewer strong = viewer("", 1, 5_000_000);
    Viewer weak = viewer("", 11, 600_000);
    run(5_000);
    strong.look();
    run(30_000);
    System.out.println("strong: " + strong + "\nweak: " + weak);
    assertThat(strong.changesSince(5_000)).isZero();
    assertThat(strong.sees(LARGE_BYTE)).isTrue();
    assertThat(strong.longestPictureGap).isLessThan(100);
    assertThat(weak.sees(SMALL_BYTE)).isTrue();
  }

  @Test
  void aRenditionThatWasNamedStays() {
    Viewer viewer = viewer("720p", 1, 600_000);
    run(20_000);
    assertThat(viewer.sees(LARGE_BYTE)).isTrue();
    assertThat(viewer.changes).hasSize(1);
    Viewer small = viewer("360p", 1, 5_000_000);
    run(20_000);
    assertThat(small.sees(SMALL_BYTE)).isTrue();
    assertThat(small.changes).hasSize(1);
  }

  @Test
  void aLinkThatNarrowsWhileWatchingFallsAtOnce() {
    Viewer viewer = viewer("", 4, 5_000_000);
    run(15_000);
    assertThat(viewer.sees(LARGE_BYTE)).isTrue();
    viewer.down.conditions(link(600_000));
    viewer.look();
    run(10_000);
    System.out.println("5 Mbit/s falls to 600 kbit/s: " + viewer);
    assertThat(viewer.sees(SMALL_BYTE)).isTrue();
    assertThat(viewer.longestPictureGap).isLessThan(4_000);
  }
}
