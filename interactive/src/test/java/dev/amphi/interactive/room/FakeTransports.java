package dev.amphi.interactive.room;

import dev.amphi.interactive.transport.DtlsSetup;
import dev.amphi.interactive.transport.Fingerprint;
import dev.amphi.interactive.transport.LocalParameters;
import dev.amphi.interactive.transport.RemoteParameters;
import dev.amphi.interactive.transport.Transport;
import dev.amphi.interactive.transport.TransportFactory;
import dev.amphi.interactive.transport.TransportStats;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Paths that go nowhere: what is sent is kept, what comes is injected by the test. */
public final class FakeTransports implements TransportFactory {
  public final List<Path> paths = new java.util.concurrent.CopyOnWriteArrayList<>();

  /** The far side of a path. */
  interface Outlet {
    void send(byte[] buffer, int offset, int length);
  }

  public static final class Path implements Transport {
    private static final int PADDED = 0x20;

    final Transport.Listener listener;
    final List<byte[]> sentRtp = new java.util.concurrent.CopyOnWriteArrayList<>();
    final List<byte[]> sentRtcp = new java.util.concurrent.CopyOnWriteArrayList<>();
    final List<byte[]> sentData = new java.util.concurrent.CopyOnWriteArrayList<>();
    @Nullable RemoteParameters remote;
    int starts;

    /** Sees all RTP that is sent, with the padding of probes. */
    java.util.function.Consumer<byte[]> wire = datagram -> {};

    /** Where what is sent goes, probes too; null keeps it here. */
    @Nullable Outlet outlet;

    /** Whatever is sent fails in a way that nobody expects. */
    boolean broken;

    public volatile @Nullable String closedBecause;

    Path(Transport.Listener listener) {
      this.listener = listener;
    }

    @Override
    public LocalParameters local() {
      return new LocalParameters(
          "ufrg" + starts,
          "0123456789abcdef012345",
          new Fingerprint("sha-256", "AA:BB"),
          List.of("candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host"),
          true,
          DtlsSetup.PASSIVE);
    }

    @Override
    public void start(RemoteParameters parameters) {
      starts++;
      remote = parameters;
    }

    @Override
    public boolean follows(RemoteParameters parameters) {
      return remote == null || remote.fingerprints().equals(parameters.fingerprints());
    }

    @Override
    public boolean connected() {
      return remote != null && closedBecause == null;
    }

    @Override
    public void sendRtp(byte[] buffer, int offset, int length) {
      wire.accept(Arrays.copyOfRange(buffer, offset, offset + length));
      if (outlet != null) {
        outlet.send(buffer, offset, length);
        return;
      }
      if ((buffer[offset] & PADDED) != 0) {
        return; // a probe's padding (RFC 3550 §5.1), no media
      }
      sentRtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void sendRtcp(byte[] buffer, int offset, int length) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      if (outlet != null) {
        outlet.send(buffer, offset, length);
        return;
      }
      sentRtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void flush() {}

    @Override
    public boolean sendData(byte[] buffer, int offset, int length) {
      sentData.add(Arrays.copyOfRange(buffer, offset, offset + length));
      return true;
    }

    @Override
    public TransportStats stats() {
      return TransportStats.NONE;
    }

    @Override
    public void close(String reason) {
      closedBecause = reason;
    }
  }

  @Override
  public Transport create(Executor loop, Transport.Listener listener) {
    Path path = new Path(listener);
    paths.add(path);
    return path;
  }

  @Override
  public int port() {
    return 10_000;
  }

  @Override
  public void close() {}
}
