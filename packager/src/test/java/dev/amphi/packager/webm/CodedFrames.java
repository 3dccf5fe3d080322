package dev.amphi.packager.webm;

import dev.amphi.packager.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames that real encoders made, as they come out of the network's depacketizers. */
public final class CodedFrames {
  private static final int IVF_HEADER = 32;
  private static final int IVF_FRAME_HEADER = 12;
  private static final int OGG_HEADER = 27;

  private CodedFrames() {}

  /** Pictures, 30 a second, by one of FFmpeg's encoders that IVF takes. */
  public static List<byte[]> pictures(Path dir, String size, int seconds, String... encoder)
      throws IOException {
    Path file = Files.createTempFile(dir, "pictures", ".ivf");
    List<String> command =
        new ArrayList<>(
            List.of("-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=30", "-t", "" + seconds));
    command.addAll(List.of(encoder));
    command.add(file.toString());
    Ffmpeg.run(command.toArray(String[]::new));
    ByteBuffer ivf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    ivf.position(IVF_HEADER);
    List<byte[]> frames = new ArrayList<>();
    while (ivf.hasRemaining()) {
      byte[] frame = new byte[ivf.getInt()];
      ivf.position(ivf.position() + IVF_FRAME_HEADER - 4);
      ivf.get(frame);
      frames.add(frame);
    }
    return frames;
  }

  /** Pictures of VP8. */
  public static List<byte[]> vp8(Path dir, String size, int seconds) throws IOException {
    return pictures(
        dir,
        size,
        seconds,
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-g",
        "45",
        "-auto-alt-ref",
        "0");
  }

  /** Pictures of H.264, as access units in Annex B form. */
  public static List<byte[]> h264(Path dir, String size, int seconds, String profile)
      throws IOException {
    Path file = Files.createTempFile(dir, "pictures", ".h264");
    Ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=" + size + ":rate=30",
        "-t",
        "" + seconds,
        "-pix_fmt",
        "yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-profile:v",
        profile,
        "-bf",
        "0",
        "-x264-params",
        "aud=1",
        file.toString());
    byte[] all = Files.readAllBytes(file);
    List<byte[]> units = new ArrayList<>();
    int start = 0;
    for (int i = 4; i + 5 <= all.length; i++) {
      boolean delimiter =
          all[i] == 0 && all[i + 1] == 0 && all[i + 2] == 0 && all[i + 3] == 1 && all[i + 4] == 9;
      if (delimiter || i + 5 == all.length) {
        units.add(Arrays.copyOfRange(all, start, delimiter ? i : all.length));
        start = i;
      }
    }
    return units;
  }

  /** A tone in Opus packets of 20 ms. */
  public static List<byte[]> opus(Path dir, int seconds) throws IOException {
    Path file = Files.createTempFile(dir, "tone", ".ogg");
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
        "libopus",
        file.toString());
    ByteBuffer ogg = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> packets = new ArrayList<>();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    while (ogg.hasRemaining()) {
      int page = ogg.position();
      int segments = ogg.get(page + OGG_HEADER - 1) & 0xff;
      ogg.position(page + OGG_HEADER + segments);
      for (int i = 0; i < segments; i++) {
        int length = ogg.get(page + OGG_HEADER + i) & 0xff;
        for (int n = 0; n < length; n++) {
          packet.write(ogg.get());
        }
        if (length < 255) {
          packets.add(packet.toByteArray());
          packet.reset();
        }
      }
    }
    return packets.subList(2, packets.size()); // behind OpusHead and OpusTags
  }
}
