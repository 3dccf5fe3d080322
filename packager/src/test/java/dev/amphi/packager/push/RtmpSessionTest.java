package dev.amphi.packager.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A publisher against a server's side that is made of the same chunks, in any cut. */
class RtmpSessionTest {
  private static final int SHAKE = 1_536;
  private final Destination destination = destination();
  private final RtmpSession session =
      new RtmpSession(destination, new byte[RtmpSession.RANDOM_BYTES]);
  private final ChunkReader heard = new ChunkReader();
  private final ChunkWriter saying = new ChunkWriter();
  private ByteBuffer sent = ByteBuffer.allocate(0);

  private static Destination destination() {
    try {
      return Destination.of("rtmp://h/live/s3cret", "");
    } catch (PushFailure e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that the session says, in messages; a chunk size that it sets counts from then. */
  private List<RtmpMessage> messages() throws PushFailure {
    byte[] more = session.takeOutput();
    sent = ByteBuffer.allocate(sent.remaining() + more.length).put(sent).put(more).flip();
    List<RtmpMessage> all = new ArrayList<>();
    while (true) {
      int before = sent.position();
      Optional<RtmpMessage> message = heard.read(sent);
      message.ifPresent(
          each -> {
            all.add(each);
            if (each.type() == RtmpMessage.SET_CHUNK_SIZE) {
              heard.chunkSize(ByteBuffer.wrap(each.body()).getInt());
            }
          });
      if (message.isEmpty() && sent.position() == before) {
        return all;
      }
    }
  }

  private void say(int type, byte[] body, int cut) throws PushFailure {
    ByteQueue out = new ByteQueue();
    saying.write(out, 3, 0, new RtmpMessage(type, 0, body));
    hear(out.take(), cut);
  }

  private void hear(byte[] bytes, int cut) throws PushFailure {
    for (int from = 0; from < bytes.length; from += cut) {
      session.receive(ByteBuffer.wrap(bytes, from, Math.min(cut, bytes.length - from)));
    }
  }

  private static List<Object> words(RtmpMessage message) {
    return Amf0.read(ByteBuffer.wrap(message.body()));
  }

  private static Map<String, Object> status(String level, String code, String description) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("level", level);
    fields.put("code", code);
    fields.put("description", description);
    return fields;
  }

  private void shake(int cut) throws PushFailure {
    assertThat(session.takeOutput()).hasSize(1 + SHAKE).startsWith(3);
    byte[] answer = new byte[1 + 2 * SHAKE];
    answer[0] = 3;
    hear(answer, cut);
    byte[] echo = session.takeOutput();
    sent = ByteBuffer.wrap(echo).position(SHAKE);
  }

  private void toLive(int cut) throws PushFailure {
    shake(cut);
    List<Object> connect = words(messages().getFirst());
    assertThat(connect.getFirst()).isEqualTo("connect");
    assertThat(connect.get(2)).isInstanceOf(Map.class).asString().doesNotContain("s3cret");
    say(RtmpMessage.WINDOW_SIZE, new ByteQueue().u32(2_500_000).take(), cut);
    say(RtmpMessage.PEER_BANDWIDTH, new ByteQueue().u32(2_500_000).u8(2).take(), cut);
    say(
        RtmpMessage.COMMAND,
        Amf0.write("_result", 1.0, Map.of(), status("status", "NetConnection.Connect.Success", "")),
        cut);
    assertThat(messages().stream().filter(each -> each.type() == 20).map(m -> words(m).getFirst()))
        .containsExactly("releaseStream", "FCPublish", "createStream");
    say(RtmpMessage.COMMAND, Amf0.write("_error", 2.0, Amf0.NULL, Amf0.NULL), cut);
    say(RtmpMessage.COMMAND, Amf0.write("_result", 4.0, Amf0.NULL, 1.0), cut);
    List<Object> publish = words(messages().getFirst());
    assertThat(publish.subList(3, 5)).isEqualTo(List.of("s3cret", "live"));
    assertThat(session.isLive()).isFalse();
    say(
        RtmpMessage.COMMAND,
        Amf0.write("onStatus", 0.0, Amf0.NULL, status("status", "NetStream.Publish.Start", "")),
        cut);
    assertThat(session.isLive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 128, 100_000})
  void publishesHoweverTheBytesAreCut(int cut) throws Exception {
    toLive(cut);
    CodedFormat picture = new CodedFormat(true, 640, 360, 700_000, new byte[] {1, 2, 3});
    CodedFormat sound = new CodedFormat(false, 0, 0, 128_000, new byte[] {0x11, (byte) 0x90});
    byte[] large = new byte[10_000];
    new Random(1).nextBytes(large);
    session.send(new CodedSample(picture, 5_000_000_000L, true, large));
    session.send(new CodedSample(sound, 5_010_000_000L, false, new byte[] {9}));
    session.send(new CodedSample(picture, 5_033_333_333L, false, new byte[] {8}));
    List<RtmpMessage> media = messages();
    assertThat(media.stream().map(RtmpMessage::type)).containsExactly(18, 9, 9, 8, 8, 9);
    assertThat(media.stream().map(RtmpMessage::streamId)).containsOnly(1);
    assertThat(words(media.getFirst()).subList(0, 2))
        .isEqualTo(List.of("@setDataFrame", "onMetaData"));
    assertThat(media.get(1).body()).containsExactly(0x17, 0, 0, 0, 0, 1, 2, 3);
    assertThat(media.get(2).body()).startsWith(0x17, 1, 0, 0, 0).endsWith(large);
    assertThat(media.get(3).body()).containsExactly(0xaf, 0, 0x11, 0x90);
    assertThat(media.get(4).body()).containsExactly(0xaf, 1, 9);
    assertThat(media.get(5).body()).containsExactly(0x27, 1, 0, 0, 0, 8);

    CodedFormat other = new CodedFormat(true, 640, 360, 700_000, new byte[] {4});
    session.send(new CodedSample(other, 6_000_000_000L, true, new byte[] {7}));
    assertThat(messages()).hasSize(2).first().matches(each -> each.body()[1] == 0);
    session.finish();
    assertThat(messages().stream().map(each -> words(each).getFirst()))
        .containsExactly("FCUnpublish", "deleteStream");
  }

  @Test
  void pingsAreAnswered() throws Exception {
    toLive(1_000);
    session.takeOutput();
    say(RtmpMessage.USER_CONTROL, new ByteQueue().u16(6).u32(77).take(), 1_000);
    assertThat(messages().getFirst().body()).containsExactly(0, 7, 0, 0, 0, 77);
  }

  @Test
  void whoAsksForAnswersAndTakesNoneIsRefused() throws Exception {
    toLive(1_000);
    session.takeOutput();
    ByteQueue asking = new ByteQueue();
    byte[] bandwidth = new ByteQueue().u32(2_500_000).take(); // without its limit's type
    for (int i = 0; i < 1_000; i++) {
      saying.write(asking, 2, 0, new RtmpMessage(RtmpMessage.PEER_BANDWIDTH, 0, bandwidth));
    }
    byte[] once = asking.take();
    int rounds = 4; // 16 bytes each: what is still below 64 KiB is borne
    for (int i = 0; i < rounds; i++) {
      session.receive(ByteBuffer.wrap(once));
    }
    assertThatThrownBy(() -> session.receive(ByteBuffer.wrap(once)))
        .isInstanceOf(PushFailure.class)
        .hasMessage("The platform at h asks for more answers than it takes.");
  }

  @Test
  void aResultCountsOnce() throws Exception {
    toLive(1_000);
    session.takeOutput();
    for (double transaction : new double[] {1, 4}) {
      say(RtmpMessage.COMMAND, Amf0.write("_result", transaction, Amf0.NULL, 1.0), 1_000);
    }
    assertThat(session.takeOutput()).isEmpty();
    assertThat(session.isLive()).isTrue();
  }

  @Test
  void aCommandThatEndsAnywhereBreaksNothing() throws Exception {
    byte[] whole = Amf0.write("onStatus", 0.0, Amf0.NULL, status("status", "Any.Code", "words"));
    toLive(1_000);
    for (int length = 0; length <= whole.length; length++) {
      say(RtmpMessage.COMMAND, Arrays.copyOf(whole, length), 1_000);
    }
    byte[] objectWithoutEnd = {3, 0, 0};
    assertThat(Amf0.read(ByteBuffer.wrap(objectWithoutEnd))).isEmpty();
    say(RtmpMessage.COMMAND, objectWithoutEnd, 1_000);
    assertThat(session.isLive()).isTrue();
  }

  @Test
  void aMessageThatWasAbortedLeavesNothingInTheNext() throws Exception {
    toLive(1_000);
    session.takeOutput();
    ByteQueue begun = new ByteQueue();
    saying.write(begun, 5, 0, new RtmpMessage(RtmpMessage.USER_CONTROL, 0, new byte[1_000]));
    hear(Arrays.copyOf(begun.take(), 12 + 128), 1_000); // its first chunk
    say(RtmpMessage.ABORT, new ByteQueue().u32(5).take(), 1_000);
    byte[] ping = new ByteQueue().u16(6).u32(77).take();
    ByteQueue next = new ByteQueue();
    saying.write(next, 5, 0, new RtmpMessage(RtmpMessage.USER_CONTROL, 0, ping));
    hear(next.take(), 1_000);
    assertThat(messages().getFirst().body()).containsExactly(0, 7, 0, 0, 0, 77);
  }

  @Test
  void aRefusalIsToldInThePlatformsWordsWithoutTheKey() throws Exception {
    toLive(1_000);
    byte[] words =
        Amf0.write(
            "onStatus",
            0.0,
            Amf0.NULL,
            status("error", "NetStream.Publish.BadName", "Stream s3cret is\u0007 taken"));
    assertThatThrownBy(() -> say(RtmpMessage.COMMAND, words, 1_000))
        .isInstanceOfSatisfying(
            PushFailure.class, e -> assertThat(e.kind()).isEqualTo(PushFailure.Kind.REFUSED))
        .hasMessage(
            "The platform at h does not take the stream (NetStream.Publish.BadName Stream *** is"
                + " taken): check the stream key.");
  }

  @Test
  void whatIsNoRtmpIsRefused() {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> session.receive(ByteBuffer.wrap(http)))
        .hasMessageContaining("does not speak RTMP");
  }

  @Test
  void nothingThatAServerSaysBreaksMoreThanTheSession() throws Exception {
    Random random = new Random(20261122);
    for (int round = 0; round < 2_000; round++) {
      RtmpSession victim = new RtmpSession(destination, new byte[RtmpSession.RANDOM_BYTES]);
      byte[] answer = new byte[1 + 2 * SHAKE + random.nextInt(2_000)];
      random.nextBytes(answer);
      answer[0] = 3;
      if (round % 2 == 0) { // a message's header that makes sense, with anything in it
        ByteQueue out = new ByteQueue();
        byte[] body = new byte[random.nextInt(200)];
        random.nextBytes(body);
        int[] types = {1, 2, 4, 5, 6, 17, 18, 20};
        saying.write(out, 3, 0, new RtmpMessage(types[random.nextInt(types.length)], 0, body));
        byte[] chunk = out.take();
        int room = answer.length - 1 - 2 * SHAKE;
        System.arraycopy(chunk, 0, answer, 1 + 2 * SHAKE, Math.min(room, chunk.length));
      }
      try {
        victim.receive(ByteBuffer.wrap(answer));
      } catch (PushFailure e) {
        assertThat(e.sentence()).endsWith(".").doesNotContain("s3cret");
      }
      assertThat(victim.takeOutput().length).isLessThan(64 * 1024);
    }
  }

  @Test
  void timesBeyondFourHoursHaveTheirExtension() throws Exception {
    ByteQueue out = new ByteQueue();
    byte[] body = new byte[300];
    body[299] = 5;
    saying.write(out, 6, 0x1_0000_0000L + 0x1234_5678L, new RtmpMessage(9, 1, body));
    byte[] bytes = out.take();
    assertThat(bytes)
        .startsWith(6, 0xff, 0xff, 0xff, 0, 1, 0x2c, 9, 1, 0, 0, 0, 0x12, 0x34, 0x56, 0x78);
    assertThat(bytes).hasSize(12 + 4 + 300 + 2 * 5);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Optional<RtmpMessage> message = Optional.empty();
    while (message.isEmpty()) {
      message = heard.read(in);
    }
    assertThat(message.get().body()).isEqualTo(body);
  }
}
