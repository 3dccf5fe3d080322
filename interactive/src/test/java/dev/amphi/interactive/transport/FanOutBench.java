package dev.amphi.interactive.transport;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What forwarding costs in the transport alone: one publisher, many receivers, all real, over
 * loopback. Prints the CPU time and the allocation of the node's loop per forwarded packet.
 *
 * <pre>java -cp … dev.amphi.interactive.transport.FanOutBench RECEIVERS FRAMES_PER_SECOND SECONDS
 * </pre>
 *
 * Not a test: a figure is for reading, in an interleaved comparison on a quiet machine.
 */
final class FanOutBench {
  private static final int PACKETS_PER_FRAME = 6;
  private static final int PACKET_BYTES = 1_150;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final UdpTransportFactory servers =
      UdpTransportFactory.open(0, new SecureRandom(), Clock.systemUTC());
  private final CallerTransportFactory clients =
      new CallerTransportFactory(new SecureRandom(), Clock.systemUTC());
  private final ExecutorService clientLoop =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("bench-client").factory());
  private final List<Transport> receivers = new ArrayList<>();
  private final LongAdder delivered = new LongAdder();
  private long forwarded;

  private FanOutBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    new FanOutBench()
        .run(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]));
  }

  /** One side of a call. */
  private static class End implements Transport.Listener {
    final CompletableFuture<Void> up = new CompletableFuture<>();

    @Override
    public void connected() {
      up.complete(null);
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long nowNanos) {}

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long nowNanos) {}

    @Override
    public void closed(String reason) {
      up.completeExceptionally(new IllegalStateException(reason));
    }
  }

  private final class Publisher extends End {
    private final byte[] copy = new byte[1_500];

    @Override
    public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
      for (int i = 0; i < receivers.size(); i++) {
        System.arraycopy(buffer, offset, copy, 0, length);
        receivers.get(i).sendRtp(copy, 0, length);
      }
      forwarded += receivers.size();
    }
  }

  private final class Receiver extends End {
    @Override
    public void rtp(byte[] buffer, int offset, int length, long nowNanos) {
      delivered.increment();
    }
  }

  private Transport[] call(End node, End far) {
    var loop = servers.loops().getFirst();
    Transport server = CompletableFuture.supplyAsync(() -> servers.create(loop, node), loop).join();
    Transport client = clients.create(clientLoop, far);
    LocalParameters offer = client.local();
    LocalParameters answer = server.local();
    loop.execute(() -> server.start(remote(offer)));
    clientLoop.execute(() -> client.start(remote(answer)));
    node.up.join();
    far.up.join();
    return new Transport[] {server, client};
  }

  private static RemoteParameters remote(LocalParameters side) {
    return new RemoteParameters(
        side.ufrag(),
        side.password(),
        List.of(side.fingerprint()),
        side.setup(),
        side.candidates());
  }

  private void run(int count, int framesPerSecond, int seconds) throws InterruptedException {
    Transport camera = call(new Publisher(), new End())[1];
    for (int i = 0; i < count; i++) {
      receivers.add(call(new Receiver(), new Receiver())[0]);
    }
    System.out.printf("%d receivers connected%n", count);
    long[] ids = loopThreads();
    for (int round = 0; round < seconds; round++) {
      long cpu = cpu(ids);
      long allocated = allocated(ids);
      long packets = forwarded;
      long arrived = delivered.sum();
      play(camera, framesPerSecond);
      TimeUnit.MILLISECONDS.sleep(100);
      long sent = forwarded - packets;
      System.out.printf(
          "%d packets forwarded, %.3f us CPU and %.0f bytes allocated each; %.1f %% delivered%n",
          sent,
          (cpu(ids) - cpu) / 1e3 / sent,
          (double) (allocated(ids) - allocated) / sent,
          100.0 * (delivered.sum() - arrived) / sent);
    }
    System.exit(0);
  }

  private void play(Transport camera, int framesPerSecond) {
    long start = System.nanoTime();
    byte[] packet = new byte[1_500];
    for (int f = 0; f < framesPerSecond; f++) {
      long due = start + f * 1_000_000_000L / framesPerSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      clientLoop.execute(
          () -> {
            for (int p = 0; p < PACKETS_PER_FRAME; p++) {
              sequence++;
              packet[0] = (byte) 0x80;
              packet[1] = 96;
              packet[2] = (byte) (sequence >> 8);
              packet[3] = (byte) sequence;
              packet[11] = 7;
              camera.sendRtp(packet, 0, PACKET_BYTES + (p < 3 ? 0 : 1));
            }
          });
    }
  }

  private int sequence;

  private long[] loopThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("room-loop"))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  private long cpu(long[] ids) {
    long sum = 0;
    for (long id : ids) {
      sum += threads.getThreadCpuTime(id);
    }
    return sum;
  }

  private long allocated(long[] ids) {
    long sum = 0;
    for (long id : ids) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }
}
