package dev.amphi.interactive.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.port.MediaLoop;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One transport with a loop of its own and a listener that remembers. */
final class TransportEnd implements Transport.Listener {
  private static final int LIMIT_SECONDS = 20;

  private final Executor loop;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> data = new LinkedBlockingQueue<>();
  private final Transport transport;
  private int moves;

  TransportEnd(TransportFactory factory) {
    this.loop = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    this.transport = factory.create(loop, this);
  }

  /** An end that lives on one of the media port's own loops. */
  TransportEnd(TransportFactory factory, MediaLoop loop) {
    this.loop = loop;
    this.transport = CompletableFuture.supplyAsync(() -> factory.create(loop, this), loop).join();
  }

  /** Exchanges what the SDP would carry, with the fingerprints that are given. */
  static void begin(
      TransportEnd client,
      TransportEnd server,
      List<Fingerprint> forClient,
      List<Fingerprint> forServer) {
    LocalParameters offer = client.local();
    LocalParameters answer = server.local();
    server.start(
        new RemoteParameters(
            offer.ufrag(), offer.password(), forServer, offer.setup(), offer.candidates()));
    client.start(
        new RemoteParameters(
            answer.ufrag(), answer.password(), forClient, answer.setup(), answer.candidates()));
  }

  LocalParameters local() {
    return transport.local();
  }

  void start(RemoteParameters remote) {
    loop.execute(() -> transport.start(remote));
  }

  /** Starts, or restarts, and returns when it is done. */
  void startNow(RemoteParameters remote) {
    CompletableFuture.runAsync(() -> transport.start(remote), loop).join();
  }

  boolean wasClosed() {
    return closed.isDone();
  }

  void sendRtp(byte[] packet) {
    byte[] room = Arrays.copyOf(packet, packet.length + Transport.TAIL_ROOM);
    loop.execute(() -> transport.sendRtp(room, 0, packet.length));
  }

  void sendRtcp(byte[] packet) {
    byte[] room = Arrays.copyOf(packet, packet.length + Transport.TAIL_ROOM);
    loop.execute(() -> transport.sendRtcp(room, 0, packet.length));
  }

  boolean sendData(byte[] message) {
    return CompletableFuture.supplyAsync(() -> transport.sendData(message, 0, message.length), loop)
        .join();
  }

  TransportStats stats() {
    return CompletableFuture.supplyAsync(transport::stats, loop).join();
  }

  void close() {
    loop.execute(() -> transport.close("test over"));
  }

  /** How often another pair took over. */
  int moves() {
    return CompletableFuture.supplyAsync(() -> moves, loop).join();
  }

  boolean wasConnected() {
    return connected.isDone();
  }

  void awaitConnected() {
    assertThat(connected).succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  String awaitClosed() {
    return closed.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  byte @Nullable [] awaitRtp() {
    return await(rtp);
  }

  byte @Nullable [] awaitRtcp() {
    return await(rtcp);
  }

  byte @Nullable [] awaitData() {
    return await(data);
  }

  private static byte @Nullable [] await(BlockingQueue<byte[]> queue) {
    try {
      return queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void connected() {
    connected.complete(null);
  }

  @Override
  public void moved() {
    moves++;
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
    rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {
    rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void data(byte[] buffer, int offset, int length, long nowNanos) {
    data.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void closed(String reason) {
    closed.complete(reason);
  }
}
