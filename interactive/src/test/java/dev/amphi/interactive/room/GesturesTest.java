package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.room.ClassFixture.Person;
import dev.amphi.interactive.sctp.DataChannel;
import dev.amphi.interactive.sctp.DataChannelListener;
import dev.amphi.interactive.sctp.DataChannels;
import dev.amphi.interactive.sctp.Reliability;
import dev.amphi.interactive.sctp.SctpConfig;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.Gesture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** People on stage point and draw, over data channels that are real, on paths that are not. */
class GesturesTest {
  private static final String OFFER =
      """
      v=0
      o=- 1 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuv
      a=fingerprint:sha-256 AA:BB
      a=setup:actpass
      a=mid:0
      a=sctp-port:5000
      """;

  private final ClassFixture fixture = new ClassFixture();
  private final List<Browser> browsers = new ArrayList<>();

  /** A participant's end of the path. */
  private final class Browser implements DataChannelListener {
    final List<String> heard = new ArrayList<>();
    final Map<String, DataChannel> open = new HashMap<>();
    final FakeTransports.Path path;
    final DataChannels channels;
    private int taken;

    Browser(Person person) {
      person.say(new ClientMessage.Offer(OFFER, Map.of(), Map.of()));
      path = fixture.transports.paths.getLast();
      path.listener.connected();
      channels = new DataChannels(SctpConfig.WEBRTC, true, new Random(1), this);
      browsers.add(this);
      channels.association().connect(fixture.loop.nanos());
      for (String label : List.of("amphi.cursor", "amphi.stroke", "amphi.reaction")) {
        channels.open(label, "", true, Reliability.RELIABLE, fixture.loop.nanos());
      }
      exchange();
      assertThat(open).hasSize(3);
    }

    void say(String label, String text) {
      DataChannel channel = open.get(label);
      assertThat(channel).isNotNull();
      if (channel != null) {
        channel.send(text, fixture.loop.nanos());
      }
      exchange();
    }

    boolean step() {
      long now = fixture.loop.nanos();
      boolean[] moved = new boolean[1];
      while (taken < path.sentData.size()) {
        byte[] packet = path.sentData.get(taken++);
        channels.onPacket(packet, 0, packet.length, now);
        moved[0] = true;
      }
      channels.poll(
          now,
          (buffer, offset, length) -> {
            path.listener.data(buffer.clone(), offset, length, now);
            moved[0] = true;
          });
      return moved[0];
    }

    @Override
    public void opened(DataChannel channel) {
      open.put(channel.label(), channel);
    }

    @Override
    public void message(DataChannel channel, byte[] message, boolean text) {
      heard.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void closed(DataChannel channel) {
      open.remove(channel.label());
    }
  }

  private void exchange() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Browser browser : browsers) {
        moved |= browser.step();
      }
    }
    fixture.loop.drain();
  }

  private Gestures gestures() {
    return fixture.done(fixture.rooms.in("demo", open -> open.room().gestures()));
  }

  @Test
  void whatOnePointsAtTheOthersOnStageSee() {
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    Browser ben = new Browser(fixture.enter("ben", Role.STUDENT));
    ada.say("amphi.cursor", "{\"type\":\"cursor\",\"x\":0.5,\"y\":0.25}");
    ben.say("amphi.stroke", "{\"type\":\"stroke\",\"id\":\"1\",\"points\":[0,1],\"done\":true}");
    assertThat(ben.heard)
        .containsExactly(
            "{\"type\":\"cursor\",\"from\":\"ada\",\"x\":0.5,\"y\":0.25,\"shown\":true}");
    assertThat(ada.heard)
        .containsExactly(
            "{\"type\":\"stroke\",\"from\":\"ben\",\"id\":\"1\",\"points\":[0.0,1.0],\"done\":true}");
    assertThat(gestures().relayed()).isEqualTo(2);
  }

  @Test
  void aReactionReachesTheAudienceToo() {
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    Person viewer = fixture.enter("vera", Role.VIEWER);
    ada.say("amphi.reaction", "{\"type\":\"reaction\",\"emoji\":\"👏\"}");
    assertThat(viewer.wire.messages)
        .map(Object::toString)
        .anyMatch(told -> told.contains("👏") && told.contains("ada"));
  }

  @Test
  void reactionsCountAsCommandsBecauseEverybodyGetsThem() {
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    Person viewer = fixture.enter("vera", Role.VIEWER);
    for (int i = 0; i < 50; i++) {
      ada.say("amphi.reaction", "{\"type\":\"reaction\",\"emoji\":\"👏\"}");
    }
    long told = viewer.wire.messages.stream().filter(m -> m.toString().contains("👏")).count();
    assertThat(told).isBetween(15L, 20L);
  }

  @Test
  void whoIsNotOnStagePointsAtNothing() {
    Person ben = fixture.enter("ben", Role.STUDENT);
    Browser bens = new Browser(ben);
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    fixture
        .enter("mo", Role.MODERATOR)
        .say(new ClientMessage.StageTo("ben", dev.amphi.interactive.api.StageState.BACKSTAGE));
    bens.say("amphi.cursor", "{\"type\":\"cursor\",\"x\":0.5,\"y\":0.25}");
    assertThat(ada.heard).isEmpty();
    assertThat(gestures().refused()).isEqualTo(1);
  }

  @Test
  void moreThanSixHundredInFiveSecondsAndNonsenseAreCounted() {
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    Browser ben = new Browser(fixture.enter("ben", Role.STUDENT));
    for (int i = 0; i < 700; i++) {
      ada.say("amphi.cursor", "{\"type\":\"cursor\",\"x\":0.5,\"y\":0.25}");
    }
    assertThat(ben.heard).hasSize(600);
    assertThat(gestures().refused()).isEqualTo(100);
    ben.say("amphi.cursor", "nonsense");
    assertThat(gestures().refused()).isEqualTo(101);
    assertThat(ada.heard).isEmpty();
  }

  @Test
  void aCursorDoesNotWaitForAReceiverThatIsBehind() {
    Browser ada = new Browser(fixture.enter("ada", Role.INSTRUCTOR));
    Browser ben = new Browser(fixture.enter("ben", Role.STUDENT));
    browsers.remove(ben);
    for (int i = 0; i < 120; i++) {
      ada.say("amphi.cursor", "{\"type\":\"cursor\",\"x\":0.5,\"y\":0.25}");
    }
    assertThat(gestures().dropped()).isGreaterThan(80);
    browsers.add(ben);
    exchange();
    assertThat(ben.heard).hasSizeBetween(1, 40);
  }

  private static ClientMessage.Show stroke(String id, double... points) {
    return new ClientMessage.Show(
        new Gesture.Stroke(id, java.util.Arrays.stream(points).boxed().toList(), true));
  }

  private static String answer(Person person, ClientMessage message) {
    return person.wire.answerTo(person.say(message)).path("code").asText("ok");
  }

  @Test
  void aStrokeOverTheSocketReachesEachOnceByTheWayThatItHas() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person ben = fixture.enter("ben", Role.STUDENT);
    Person eve = fixture.enter("eve", Role.STUDENT);
    Person vera = fixture.enter("vera", Role.VIEWER);
    Browser bens = new Browser(ben);
    assertThat(answer(ada, stroke("s1", 0.1, 0.2))).isEqualTo("ok");
    assertThat(answer(ada, new ClientMessage.Show(new Gesture.Cursor(0.5, 0.5, true))))
        .isEqualTo("ok");
    exchange();
    assertThat(bens.heard).hasSize(2);
    assertThat(ben.wire.of("stroke")).isEmpty();
    assertThat(ben.wire.of("cursor")).isEmpty();
    assertThat(eve.wire.of("stroke")).hasSize(1);
    assertThat(eve.wire.last("stroke").get("from").asText()).isEqualTo("ada");
    assertThat(eve.wire.of("cursor")).hasSize(1);
    assertThat(ada.wire.of("stroke")).isEmpty();
    assertThat(vera.wire.of("stroke")).isEmpty();
    bens.say("amphi.stroke", "{\"type\":\"stroke\",\"id\":\"b\",\"points\":[0,1]}");
    assertThat(eve.wire.of("stroke")).hasSize(2);
    assertThat(ada.wire.of("stroke")).hasSize(1);
    assertThat(answer(vera, stroke("v", 0, 0))).isEqualTo("not_allowed");
  }

  @Test
  void strokesAreKeptForWhoComesLaterAndTakenBackByTheirAuthor() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person ben = fixture.enter("ben", Role.STUDENT);
    ada.say(stroke("s1", 0.1, 0.2));
    ada.say(stroke("s1", 0.3, 0.4));
    ben.say(stroke("s1", 0.5, 0.6));
    Person eve = fixture.enter("eve", Role.STUDENT);
    assertThat(eve.wire.last("board").at("/strokes").toString())
        .isEqualTo(
            "[{\"from\":\"ada\",\"id\":\"s1\",\"points\":[0.1,0.2,0.3,0.4],\"done\":true},"
                + "{\"from\":\"ben\",\"id\":\"s1\",\"points\":[0.5,0.6],\"done\":true}]");
    assertThat(fixture.enter("vera", Role.VIEWER).wire.of("board")).isEmpty();
    assertThat(answer(ben, new ClientMessage.Undo("s1"))).isEqualTo("ok");
    assertThat(eve.wire.last("undone").get("from").asText()).isEqualTo("ben");
    assertThat(answer(ben, new ClientMessage.Undo("s1"))).isEqualTo("unknown_stroke");
    assertThat(answer(ben, new ClientMessage.Clear())).isEqualTo("not_allowed");
    assertThat(answer(ada, new ClientMessage.Clear())).isEqualTo("ok");
    assertThat(eve.wire.last("board").get("strokes")).isEmpty();
    assertThat(fixture.enter("zoe", Role.STUDENT).wire.of("board")).isEmpty();
  }

  @Test
  void whoComesOnStageSeesWhatWasDrawnBefore() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person vera = fixture.enter("vera", Role.VIEWER);
    ada.say(stroke("s1", 0.1, 0.2));
    vera.say(new ClientMessage.Hand(true));
    ada.say(new ClientMessage.StageTo("vera", dev.amphi.interactive.api.StageState.ACCEPTED));
    assertThat(vera.wire.last("board").get("strokes")).hasSize(1);
  }

  @Test
  void aFullBoardTakesNoMoreUntilItIsCleared() throws Exception {
    Board board = new Board();
    for (int i = 0; i < Board.MOST_STROKES; i++) {
      board.add("ada", new Gesture.Stroke("s" + i, List.of(0.5, 0.5), true), true);
    }
    Gesture.Stroke more = new Gesture.Stroke("more", List.of(0.5, 0.5), true);
    assertThatThrownBy(() -> board.add("ada", more, true)).hasMessageContaining("board is full");
    board.undo("ada", "s7");
    board.add("ada", more, true);
    board.clear();
    List<Double> points = Collections.nCopies(2 * Board.MOST_POINTS, 0.1234);
    board.add("ada", new Gesture.Stroke("long", points, false), true);
    assertThatThrownBy(() -> board.add("ada", more, true)).hasMessageContaining("board is full");
  }

  @Test
  void nobodyButWhoModeratesFillsTheBoardAlone() throws Exception {
    Board board = new Board();
    List<Double> points = Collections.nCopies(2 * Board.MOST_POINTS / Board.SHARES, 0.1234);
    board.add("eve", new Gesture.Stroke("long", points, true), false);
    Gesture.Stroke more = new Gesture.Stroke("more", List.of(0.5, 0.5), true);
    assertThatThrownBy(() -> board.add("eve", more, false)).hasMessageContaining("Your quarter");
    board.add("ben", more, false);
    board.undo("eve", "long");
    board.add("eve", more, false);
    for (int i = 1; i < Board.MOST_STROKES / Board.SHARES; i++) {
      board.add("eve", new Gesture.Stroke("s" + i, List.of(0.5, 0.5), true), false);
    }
    Gesture.Stroke oneMore = new Gesture.Stroke("one more", List.of(0.5, 0.5), true);
    assertThatThrownBy(() -> board.add("eve", oneMore, false)).hasMessageContaining("Your quarter");
    assertThat(board.forget("eve")).isTrue();
    board.add("eve", oneMore, false);
  }

  @Test
  void whoTookBackAllThatTheyDrewIsNotRemembered() throws Exception {
    Board board = new Board();
    for (String id : List.of("s1", "s2")) {
      board.add("eve", new Gesture.Stroke(id, List.of(0.5, 0.5), true), false);
    }
    board.undo("eve", "s1");
    assertThat(board.authors()).containsExactly("eve");
    board.undo("eve", "s2");
    assertThat(board.authors()).isEmpty();
    assertThat(board.isEmpty()).isTrue();
  }

  @Test
  void whatSomebodyDrewGoesWithThemWhenTheyAreRemoved() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person eve = fixture.enter("eve", Role.STUDENT);
    ada.say(new ClientMessage.Show(new Gesture.Stroke("s1", List.of(0.1, 0.1), true)));
    eve.say(new ClientMessage.Show(new Gesture.Stroke("s1", List.of(0.2, 0.2), true)));
    int before = ada.wire.of("board").size();
    ada.say(new ClientMessage.Moderate("eve", ClientMessage.Action.REMOVE));
    var boards = ada.wire.of("board");
    assertThat(boards).hasSize(before + 1);
    var strokes = boards.getLast().get("strokes");
    assertThat(strokes).hasSize(1);
    assertThat(strokes.get(0).path("from").asText()).isEqualTo("ada");
  }

  /** Says so many cursors a second, for as many seconds. */
  private void point(Person person, int rate, int seconds) {
    for (int i = 0; i < rate * seconds && person.wire.closeCode == 0; i++) {
      person.say(new ClientMessage.Show(new Gesture.Cursor(0.5, 0.5, true)));
      if (i % (rate / 20) == 0) {
        fixture.loop.pass(50);
      }
    }
  }

  @Test
  void whoFloodsWithGesturesIsCutOffOnStageAndInTheAudience() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person vera = fixture.enter("vera", Role.VIEWER);
    point(ada, 100, 20);
    assertThat(ada.wire.closeCode).as("as many as are taken").isZero();
    point(ada, 1_000, 2);
    assertThat(ada.wire.closeCode).isEqualTo(1008);
    point(vera, 20, 20);
    assertThat(vera.wire.closeCode).as("as many as commands are answered").isZero();
    point(vera, 100, 5);
    assertThat(vera.wire.closeCode).isEqualTo(1008);
    assertThat(ada.wire.of("cursor")).isEmpty();
  }

  @Test
  void aFullBoardIsToldInMessagesThatEverySocketTakes() {
    for (int author = 0; author < 5; author++) {
      Person person = fixture.enter("author" + author, Role.STUDENT);
      for (int i = 0; i < 120; i++) {
        List<Double> points = Collections.nCopies(100, 0.1234);
        String id = i < 20 ? "long" : "s" + i;
        person.say(new ClientMessage.Show(new Gesture.Stroke(id, points, i >= 19)));
        fixture.loop.pass(20);
      }
    }
    Person eve = fixture.enter("eve", Role.STUDENT);
    var pages = eve.wire.of("board");
    assertThat(pages).hasSizeGreaterThan(5);
    int points = 0;
    for (int i = 0; i < pages.size(); i++) {
      assertThat(pages.get(i).toString().length()).isLessThan(60_000);
      assertThat(pages.get(i).path("continued").asBoolean()).isEqualTo(i > 0);
      for (var drawn : pages.get(i).get("strokes")) {
        points += drawn.get("points").size() / 2;
      }
    }
    assertThat(points).isEqualTo(Board.MOST_POINTS);
  }

  @Test
  void cursorsOverTheSocketAreFewAndNoneWaitsForWhoIsAway() {
    Person ada = fixture.enter("ada", Role.INSTRUCTOR);
    Person ben = fixture.enter("ben", Role.STUDENT);
    for (int i = 0; i < 100; i++) {
      ada.say(new ClientMessage.Show(new Gesture.Cursor(0.5, 0.5, true)));
    }
    assertThat(ben.wire.of("cursor")).hasSizeBetween(15, 25);
    assertThat(ada.wire.of("error")).isEmpty();
  }
}
