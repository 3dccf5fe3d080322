package dev.amphi.packager.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Written files as text, against texts that were checked once by hand and by FFmpeg. */
final class BoxGoldenTest {
  @Test
  void aPictureHeader() throws IOException {
    check("init-picture", InitSegmentWriter.write(Synthetic.PICTURE));
  }

  @Test
  void aSoundHeader() throws IOException {
    check("init-sound", InitSegmentWriter.write(Synthetic.SOUND));
  }

  @Test
  void aPartThatStartsASegment() throws IOException {
    List<Sample> samples = IntStream.range(0, 8).mapToObj(Synthetic::picture).toList();
    check("part-picture", FragmentWriter.write(samples, 1, true));
  }

  @Test
  void aPartOfSoundInsideASegment() throws IOException {
    List<Sample> samples = IntStream.range(13, 25).mapToObj(Synthetic::sound).toList();
    check("part-sound", FragmentWriter.write(samples, 2, false));
  }

  @Test
  void aPartWithAStretchedPictureAndASyncSampleInside() throws IOException {
    Sample first = Synthetic.picture(46);
    Sample longer = new Sample(first.payload(), first.timeTicks(), 6000, false);
    check("part-odd", FragmentWriter.write(List.of(longer, Synthetic.picture(48)), 3, false));
  }

  @Test
  void aProgressiveHeaderWithTwoCodingsAndALateSound() throws IOException {
    TrackFormat other = new TrackFormat(true, 640, 360, 1, Synthetic.PICTURE.codecConfig(), 90_000);
    SampleTable picture = new SampleTable();
    picture.beginChunk(Synthetic.PICTURE, 0);
    picture.addSample(100, 3000, true);
    picture.addSample(20, 3000, false);
    picture.stretchLast(500);
    picture.beginChunk(other, 130);
    picture.addSample(90, 3000, true);
    SampleTable sound = new SampleTable();
    sound.beginChunk(Synthetic.SOUND, 120);
    sound.addSample(10, 1024, true);
    check(
        "movie",
        ProgressiveHeaderWriter.write(
            List.of(
                new ProgressiveHeaderWriter.Track(picture, 0),
                new ProgressiveHeaderWriter.Track(sound, 1234)),
            0));
  }

  @Test
  void aFileBeyondFourGibibytesHasWideOffsets() {
    SampleTable picture = new SampleTable();
    picture.beginChunk(Synthetic.PICTURE, 0xffff_ffffL);
    picture.addSample(100, 3000, true);
    Bytes header =
        ProgressiveHeaderWriter.write(
            List.of(new ProgressiveHeaderWriter.Track(picture, 0)), 0x1_0000_0000L);
    String boxes = new String(header.toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(boxes).contains("co64").doesNotContain("stco");
    int at = boxes.indexOf("co64") + 12;
    assertThat(header.slice(at, at + 8).toByteBuffer().getLong())
        .isEqualTo(0xffff_ffffL + header.length());
  }

  @Test
  void aChunkIsReadBackAsItWasWritten() {
    List<Sample> samples = IntStream.range(40, 52).mapToObj(Synthetic::picture).toList();
    Bytes chunk = FragmentWriter.write(samples, 9, true);
    FragmentIndex index = FragmentIndex.read(chunk).orElseThrow();
    assertThat(index.samples())
        .extracting(FragmentIndex.Entry::sync)
        .containsExactlyElementsOf(samples.stream().map(Sample::sync).toList());
    int at = index.dataOffset();
    for (int i = 0; i < samples.size(); i++) {
      int size = index.samples().get(i).size();
      assertThat(chunk.slice(at, at + size)).isEqualTo(samples.get(i).payload());
      at += size;
    }
    assertThat(at).isEqualTo(chunk.length());
  }

  @Test
  void whatHappensIsToldInFrontOfTheSamples() {
    EventMessage slide = new EventMessage("dev.amphi.slide", 90_000, 6000, 7, "Lenses");
    Bytes plain = FragmentWriter.write(List.of(Synthetic.picture(0)), 1, false);
    Bytes told = FragmentWriter.write(List.of(Synthetic.picture(0)), 1, false, List.of(slide));
    assertThat(BoxDump.dump(told))
        .isEqualTo(
            "emsg 75 "
                + "0100000000015f900000000000001770ffffffff0000000775726e3a616d7068693a636c6173733a"
                + "32303236006465762e616d7068692e736c696465004c656e736573\n"
                + BoxDump.dump(plain));
    assertThat(FragmentIndex.read(told).orElseThrow().samples())
        .isEqualTo(FragmentIndex.read(plain).orElseThrow().samples());
  }

  @Test
  void noCutOfAChunkIsTakenForAWholeOne() {
    Bytes chunk = FragmentWriter.write(List.of(Synthetic.picture(0)), 1, true);
    for (int length = 0; length < chunk.length(); length++) {
      assertThat(FragmentIndex.read(chunk.slice(0, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void codecsAreNamedAsTheirConfigurationSays() {
    assertThat(Synthetic.PICTURE.codecName()).isEqualTo("avc1.64001f");
    assertThat(Synthetic.SOUND.codecName()).isEqualTo("mp4a.40.2");
    assertThat(Synthetic.SOUND.channels()).isEqualTo(2);
    assertThat(Synthetic.SOUND.samplingRate()).isEqualTo(48_000);
  }

  private static void check(String name, Bytes bytes) throws IOException {
    assertThat(BoxDump.dump(bytes).replaceFirst("mdat 16 \\n$", "")).isEqualTo(golden(name));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = BoxGoldenTest.class.getResourceAsStream("/golden/" + name + ".txt")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
