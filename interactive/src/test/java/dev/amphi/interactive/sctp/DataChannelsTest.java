package dev.amphi.interactive.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels over two associations, in virtual time. */
class DataChannelsTest {
  private static final long MILLI = SctpPair.MILLI;

  /** One side; says what it hears as text. */
  private static final class Side implements DataChannelListener {
    final DataChannels channels;
    final List<String> heard = new ArrayList<>();
    final List<DataChannel> open = new ArrayList<>();

    Side(boolean dtlsClient, long seed) {
      channels = new DataChannels(SctpConfig.WEBRTC, dtlsClient, new Random(seed), this);
    }

    @Override
    public void opened(DataChannel channel) {
      open.add(channel);
      heard.add("opened " + channel.label());
    }

    @Override
    public void message(DataChannel channel, byte[] message, boolean text) {
      heard.add(
          channel.label()
              + (text ? " text " : " binary ")
              + new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void closed(DataChannel channel) {
      heard.add("closed " + channel.label());
    }
  }

  private final Side client = new Side(true, 1);
  private final Side server = new Side(false, 2);
  private long now = 1_000_000;
  private SeededNetwork there = network(server, 3, Conditions.PERFECT);
  private SeededNetwork back = network(client, 4, Conditions.PERFECT);

  private static SeededNetwork network(Side to, long seed, Conditions conditions) {
    return new SeededNetwork(
        seed, conditions, (packet, at) -> to.channels.onPacket(packet, 0, packet.length, at));
  }

  private void connect() {
    client.channels.association().connect(now);
    run(10_000);
    assertThat(server.channels.association().established()).isTrue();
  }

  private void run(long millis) {
    long until = now + millis * MILLI;
    while (now < until) {
      there.poll(now);
      back.poll(now);
      client.channels.poll(now, (b, offset, length) -> there.send(b, offset, length, now));
      server.channels.poll(now, (b, offset, length) -> back.send(b, offset, length, now));
      now += MILLI;
    }
  }

  private DataChannel open(Side side, String label) {
    return side.channels.open(label, "", true, Reliability.RELIABLE, now).orElseThrow();
  }

  @Test
  void aChannelOpensAndCarriesTextBytesAndNothing() {
    connect();
    DataChannel channel = open(client, "board");
    channel.send("héllo", now);
    channel.send(new byte[] {65, 66}, false, now);
    channel.send("", now);
    channel.send(new byte[0], false, now);
    run(100);
    assertThat(server.heard)
        .containsExactly(
            "opened board", "board text héllo", "board binary AB", "board text ", "board binary ");
    assertThat(client.heard).containsExactly("opened board");
    assertThat(channel.state()).isEqualTo(DataChannel.State.OPEN);
    assertThat(channel.bufferedBytes()).isZero();
  }

  @Test
  void theDtlsClientTakesEvenNumbersAndTheServerOdd() {
    connect();
    assertThat(open(client, "a").stream()).isEqualTo(0);
    assertThat(open(client, "b").stream()).isEqualTo(2);
    assertThat(open(server, "c").stream()).isEqualTo(1);
    assertThat(open(server, "d").stream()).isEqualTo(3);
    run(100);
    assertThat(server.heard).contains("opened a", "opened b", "opened c", "opened d");
  }

  @Test
  void theOpenersTermsAreKnownAtTheFarSide() {
    connect();
    client.channels.open("one", "json", false, Reliability.retransmits(3), now);
    client.channels.open("two", "", true, Reliability.lifetime(Duration.ofMillis(250)), now);
    run(100);
    DataChannel one = server.open.getFirst();
    DataChannel two = server.open.getLast();
    assertThat(one.protocol()).isEqualTo("json");
    assertThat(one.ordered()).isFalse();
    assertThat(one.reliability()).isEqualTo(Reliability.retransmits(3));
    assertThat(two.ordered()).isTrue();
    assertThat(two.reliability()).isEqualTo(Reliability.lifetime(Duration.ofMillis(250)));
  }

  @Test
  void theFarSideAnswersOnTheSameChannel() {
    connect();
    open(client, "echo").send("to", now);
    run(100);
    server.open.getFirst().send("fro", now);
    run(100);
    assertThat(client.heard).containsExactly("opened echo", "echo text fro");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eitherSideClosesAChannelAndWhatWasSentArrivesFirst(boolean openerCloses) {
    connect();
    there.conditions(Conditions.of(20, 0, 0.1));
    DataChannel channel = open(client, "c");
    run(3_000);
    DataChannel farChannel = server.open.getFirst();
    DataChannel closing = openerCloses ? channel : farChannel;
    closing.send("last words", now);
    (openerCloses ? client : server).channels.close(closing);
    assertThat(closing.send("too late", now)).isFalse();
    run(10_000);
    assertThat((openerCloses ? server : client).heard).endsWith("c text last words", "closed c");
    assertThat((openerCloses ? client : server).heard).endsWith("closed c");
    assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSED);
    assertThat(farChannel.state()).isEqualTo(DataChannel.State.CLOSED);
  }

  @Test
  void noMoreThanSixtyFourChannelsAreOpenAtOnce() {
    connect();
    for (int i = 0; i < DataChannels.MAX_CHANNELS; i++) {
      open(client, "n" + i);
    }
    assertThat(client.channels.open("more", "", true, Reliability.RELIABLE, now)).isEmpty();
    run(500);
    assertThat(server.open).hasSize(DataChannels.MAX_CHANNELS);
    assertThat(server.channels.open("mine", "", true, Reliability.RELIABLE, now)).isEmpty();
  }

  @Test
  void anOpenThatLiesOrNamesTooMuchIsRefused() {
    connect();
    SctpAssociation raw = client.channels.association();
    byte[] sound = new OpenMessage(true, Reliability.RELIABLE, "label", "p").write();
    byte[] longName = sound.clone();
    longName[9] = 100;
    byte[] badType = sound.clone();
    badType[1] = 9;
    byte[] large = new byte[12 + 300];
    large[0] = OpenMessage.TYPE;
    large[8] = 1;
    large[9] = 44;
    int stream = 0;
    for (byte[] bad : List.of(longName, badType, large, new byte[] {3}, new byte[] {9})) {
      raw.send(stream, 50, bad, false, Reliability.RELIABLE, now);
      stream += 2;
    }
    raw.send(100, 51, new byte[] {1}, false, Reliability.RELIABLE, now);
    run(2_000);
    assertThat(server.heard).isEmpty();
    assertThat(server.channels.refused()).isEqualTo(6);
    assertThat(OpenMessage.read(sound)).map(OpenMessage::label).isEqualTo(Optional.of("label"));
  }

  @Test
  void channelsCloseWhenTheAssociationEnds() {
    connect();
    open(client, "c");
    run(100);
    client.channels.association().abort("over");
    run(100);
    assertThat(server.heard).endsWith("closed c");
    assertThat(client.heard).endsWith("closed c");
  }
}
