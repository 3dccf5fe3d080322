package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** A file of pictures and sound, judged by FFmpeg's programs. */
record ReceivedMedia(Path file) {
  /** A packet: its decoding time in seconds and the SHA-256 of its bytes. */
  record Packet(double time, String hash) {}

  /** The packets of a stream as they lie in the file. */
  List<Packet> packets(String stream) throws Exception {
    List<Packet> packets = new ArrayList<>();
    String said =
        run(
            Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
            "-v",
            "error",
            "-select_streams",
            stream,
            "-show_entries",
            "packet=dts_time,data_hash",
            "-show_data_hash",
            "sha256",
            "-of",
            "csv=p=0",
            file.toString());
    for (String line : said.lines().filter(each -> each.contains(",")).toList()) {
      String[] fields = line.split(",", -1);
      packets.add(new Packet(Double.parseDouble(fields[0]), fields[1]));
    }
    return packets;
  }

  /** What a decoder complains of. */
  String complaints() throws Exception {
    return run(
        Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
        "-v",
        "error",
        "-xerror",
        "-i",
        file.toString(),
        "-fps_mode",
        "passthrough",
        "-f",
        "null",
        "-");
  }

  /** Times never go back, pictures and sound begin and end together, and all of it decodes. */
  void requireSound() throws Exception {
    requireTimes();
    assertThat(complaints()).isBlank();
  }

  /** Times never go back, and pictures and sound begin and end together. */
  void requireTimes() throws Exception {
    List<Packet> pictures = packets("v");
    List<Packet> sounds = packets("a");
    for (List<Packet> packets : List.of(pictures, sounds)) {
      for (int i = 1; i < packets.size(); i++) {
        assertThat(packets.get(i).time()).isGreaterThan(packets.get(i - 1).time());
      }
    }
    assertThat(Math.abs(pictures.getFirst().time() - sounds.getFirst().time()))
        .as("picture and sound begin together")
        .isLessThan(0.1);
    assertThat(Math.abs(pictures.getLast().time() - sounds.getLast().time()))
        .as("picture and sound end together")
        .isLessThan(1.1);
  }

  /** How many packets of a stream are, one after the other, those of another file's. */
  int requirePartOf(ReceivedMedia whole, String stream) throws Exception {
    List<String> own = packets(stream).stream().map(Packet::hash).toList();
    List<String> all = whole.packets(stream).stream().map(Packet::hash).toList();
    assertThat(Collections.indexOfSubList(all, own))
        .as("where the %d packets are among %d", own.size(), all.size())
        .isNotNegative();
    return own.size();
  }

  /**
   * How many pictures are, one after the other, those of another file's, unit for unit: a transport
   * stream has start codes, parameter sets and delimiters (Annex B) where MP4 has lengths.
   */
  int requireUnitsOf(ReceivedMedia whole) throws Exception {
    List<String> own = slices();
    List<String> all = whole.slices();
    assertThat(Collections.indexOfSubList(all, own))
        .as("where the %d slices are among %d", own.size(), all.size())
        .isNotNegative();
    return own.size();
  }

  /** The SHA-256 of each slice (nal_unit_type 1 and 5), as they come. */
  private List<String> slices() throws Exception {
    Path stream = file.resolveSibling(file.getFileName() + ".h264");
    run(
        Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
        "-v",
        "error",
        "-y",
        "-i",
        file.toString(),
        "-map",
        "0:v",
        "-c",
        "copy",
        "-f",
        "h264",
        stream.toString());
    byte[] bytes = Files.readAllBytes(stream);
    List<String> hashes = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i + 3 <= bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        slice(bytes, begin, i).ifPresent(hashes::add);
        begin = i + 3;
      }
    }
    slice(bytes, begin, bytes.length).ifPresent(hashes::add);
    return hashes;
  }

  private static Optional<String> slice(byte[] bytes, int from, int to) throws Exception {
    if (from < 0 || ((bytes[from] & 0x1f) != 1 && (bytes[from] & 0x1f) != 5)) {
      return Optional.empty();
    }
    int end = to;
    while (bytes[end - 1] == 0) {
      end--; // of a start code of four bytes, or trailing zeros
    }
    byte[] unit = Arrays.copyOfRange(bytes, from, end);
    return Optional.of(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(unit)));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
