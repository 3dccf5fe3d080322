package dev.amphi.packager;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that a real encoder made: H.264 in two sizes with an IDR every 48 pictures, and AAC.
 */
public final class RealProgram {
  /** When the class begins. */
  public static final Instant STARTS_AT = Instant.parse("2026-11-02T09:00:00Z");

  /** One rendition. */
  public record Track(TrackFormat format, List<Sample> samples) {}

  private final Map<String, Track> tracks = new LinkedHashMap<>();

  private RealProgram() {}

  /** Encodes test pictures and a tone. */
  public static RealProgram encode(Path dir, int seconds) throws IOException {
    encodePicture(dir, seconds, 320, 180, 300_000);
    encodePicture(dir, seconds, 160, 90, 100_000);
    encodeTone(dir, seconds);
    return load(dir);
  }

  /** Reads what {@link #encode} left in a folder. */
  public static RealProgram load(Path dir) throws IOException {
    RealProgram program = new RealProgram();
    program.tracks.put("720p", video(dir, 320, 180, 300_000));
    program.tracks.put("360p", video(dir, 160, 90, 100_000));
    program.tracks.put("audio", audio(dir));
    return program;
  }

  public Map<String, Track> tracks() {
    return tracks;
  }

  /** Declares all renditions. */
  public void declare(Broadcast broadcast, Instant startsAt) {
    tracks.forEach(
        (id, track) -> {
          TrackFormat f = track.format();
          broadcast.format(
              id,
              f.video(),
              f.width(),
              f.height(),
              f.bitrateBps(),
              f.codecConfig().toByteBuffer(),
              f.timescale(),
              startsAt);
        });
  }

  /** Hands over the samples that begin in a time span, interleaved as an encoder does. */
  public void play(Broadcast broadcast, double fromS, double toS) {
    List<Map.Entry<String, Sample>> all = new ArrayList<>();
    tracks.forEach(
        (id, track) -> {
          for (Sample sample : track.samples()) {
            double at = (double) sample.timeTicks() / track.format().timescale();
            if (at >= fromS && at < toS) {
              all.add(Map.entry(id, sample));
            }
          }
        });
    all.sort(
        (a, b) ->
            Double.compare(seconds(a.getKey(), a.getValue()), seconds(b.getKey(), b.getValue())));
    for (Map.Entry<String, Sample> one : all) {
      Sample s = one.getValue();
      broadcast.sample(
          one.getKey(), s.payload().toByteBuffer(), s.timeTicks(), s.durationTicks(), s.sync());
    }
  }

  private double seconds(String id, Sample sample) {
    Track track = tracks.get(id);
    return track == null ? 0 : (double) sample.timeTicks() / track.format().timescale();
  }

  private static void encodePicture(Path dir, int seconds, int width, int height, int bitrate)
      throws IOException {
    Ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=" + width + "x" + height + ":rate=30",
        "-t",
        "" + seconds,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-bf",
        "0",
        "-g",
        "48",
        "-keyint_min",
        "48",
        "-sc_threshold",
        "0",
        "-b:v",
        "" + bitrate,
        "-x264-params",
        "aud=1",
        "-pix_fmt",
        "yuv420p",
        "-threads",
        "1",
        "-f",
        "h264",
        dir.resolve(height + ".h264").toString());
  }

  private static Track video(Path dir, int width, int height, int bitrate) throws IOException {
    byte[] stream = Files.readAllBytes(dir.resolve(height + ".h264"));
    List<Sample> samples = new ArrayList<>();
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    boolean sync = false;
    byte[] sps = new byte[0];
    byte[] pps = new byte[0];
    for (byte[] nal : nals(stream)) {
      int type = nal[0] & 31;
      if (type == 9) {
        flush(samples, unit, sync);
        sync = false;
      } else if (type == 7) {
        sps = nal;
      } else if (type == 8) {
        pps = nal;
      } else {
        sync |= type == 5;
        unit.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
        unit.writeBytes(nal);
      }
    }
    flush(samples, unit, sync);
    return new Track(
        new TrackFormat(true, width, height, bitrate, avcC(sps, pps), 90_000), samples);
  }

  private static void flush(List<Sample> samples, ByteArrayOutputStream unit, boolean sync) {
    if (unit.size() > 0) {
      samples.add(new Sample(Bytes.wrap(unit.toByteArray()), samples.size() * 3000L, 3000, sync));
      unit.reset();
    }
  }

  private static Bytes avcC(byte[] sps, byte[] pps) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {1, sps[1], sps[2], sps[3], (byte) 0xff, (byte) 0xe1});
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) sps.length).array());
    out.writeBytes(sps);
    out.write(1);
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) pps.length).array());
    out.writeBytes(pps);
    return Bytes.wrap(out.toByteArray());
  }

  private static List<byte[]> nals(byte[] stream) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i + 3 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        starts.add(i + 3);
      }
    }
    List<byte[]> nals = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) - 3 : stream.length;
      while (end > starts.get(i) && stream[end - 1] == 0) {
        end--;
      }
      nals.add(java.util.Arrays.copyOfRange(stream, starts.get(i), end));
    }
    return nals;
  }

  private static void encodeTone(Path dir, int seconds) throws IOException {
    Ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=440:sample_rate=48000",
        "-t",
        "" + seconds,
        "-ac",
        "2",
        "-c:a",
        "aac",
        "-b:a",
        "64k",
        "-f",
        "adts",
        dir.resolve("tone.aac").toString());
  }

  private static Track audio(Path dir) throws IOException {
    byte[] stream = Files.readAllBytes(dir.resolve("tone.aac"));
    List<Sample> samples = new ArrayList<>();
    int at = 0;
    while (at + 7 <= stream.length) {
      int length =
          ((stream[at + 3] & 3) << 11)
              | ((stream[at + 4] & 0xff) << 3)
              | ((stream[at + 5] & 0xe0) >> 5);
      byte[] frame = java.util.Arrays.copyOfRange(stream, at + 7, at + length);
      samples.add(new Sample(Bytes.wrap(frame), samples.size() * 1024L, 1024, true));
      at += length;
    }
    return new Track(new TrackFormat(false, 0, 0, 64_000, Bytes.fromHex("1190"), 48_000), samples);
  }
}
