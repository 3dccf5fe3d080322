package dev.amphi.interactive.transport.dtls;

import dev.amphi.interactive.transport.srtp.SrtpKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * One DTLS association, from the first ClientHello to close_notify, on a virtual thread of its own
 * because Bouncy Castle blocks. What comes in passes the {@link DtlsGuard}, then a bounded queue.
 */
public final class DtlsSession {
  private static final int IDLE_WAIT_MILLIS = 30_000;
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private final Agreement agreement;
  private final DtlsRole role;
  private final int[] profiles;
  private final Listener listener;
  private final DatagramPipe pipe;
  private final DtlsGuard guard = new DtlsGuard();
  private volatile @Nullable DTLSTransport association;
  private volatile boolean closedHere;

  /** Hears of the association, on its own thread. */
  public interface Listener {
    /** The far side proved to be who its SDP says; these are the keys. */
    void agreed(SrtpKeys keys);

    /** Application data came; the bytes are valid during the call only. */
    void data(byte[] buffer, int length);

    /** The association is over, or never came to be; the last call. */
    void ended(String reason);
  }

  /** The way to the network; what cannot be sent is lost, and DTLS sends it again. */
  public interface Output {
    /** Sends one datagram. */
    void send(byte[] buffer, int offset, int length);
  }

  /**
   * @param certificateExpected whether the SDP vouches for a certificate, given as DER
   */
  public DtlsSession(
      DtlsRole role,
      DtlsIdentity identity,
      Predicate<byte[]> certificateExpected,
      Output output,
      Listener listener) {
    this(
        role,
        identity,
        certificateExpected,
        ClientRole.allProfiles(),
        HANDSHAKE_LIMIT,
        output,
        listener);
  }

  /**
   * @param profiles what a client offers; for tests of a server
   * @param limit after which a handshake is given up
   */
  DtlsSession(
      DtlsRole role,
      DtlsIdentity identity,
      Predicate<byte[]> certificateExpected,
      int[] profiles,
      Duration limit,
      Output output,
      Listener listener) {
    this.agreement = new Agreement(identity, certificateExpected);
    this.role = role;
    this.profiles = profiles;
    this.listener = listener;
    this.pipe = new DatagramPipe(output, limit, System.nanoTime());
  }

  /** Starts the handshake on a virtual thread called {@code dtls-name}. */
  public void start(String name) {
    pipe.handshakeBegins(System.nanoTime());
    Thread.ofVirtual().name("dtls-" + name).start(this::run);
  }

  /**
   * Takes one datagram; false when the guard refused it or the queue was full. Called by one thread
   * at a time.
   */
  public boolean offer(byte[] buffer, int offset, int length) {
    if (association != null) {
      guard.established();
    }
    return guard.admits(buffer, offset, length) && pipe.offer(buffer, offset, length);
  }

  /**
   * Sends application data on the caller's thread; false when there is no association, or it is
   * longer than a record may be.
   */
  public boolean send(byte[] buffer, int offset, int length) {
    DTLSTransport ready = association;
    if (ready == null || pipe.closed()) {
      return false;
    }
    try {
      // Bouncy Castle ends the association when it is asked for more.
      if (length <= 0 || length > ready.getSendLimit()) {
        return false;
      }
      ready.send(buffer, offset, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends close_notify and ends; {@link Listener#ended} tells when. */
  public void close() {
    closedHere = true;
    pipe.close();
  }

  private void run() {
    String reason = "DTLS failed by an error of this program";
    try {
      DTLSTransport done = handshake();
      SrtpKeys keys = agreement.keys();
      if (keys == null) {
        throw new IOException("the handshake ended without keys");
      }
      pipe.handshakeDone();
      association = done;
      listener.agreed(keys);
      reason = awaitEnd(done);
    } catch (IOException e) {
      reason = "DTLS failed: " + sentence(e);
    } catch (RuntimeException e) {
      // Bouncy Castle parses what a stranger sent; whatever it trips over ends this one alone.
      reason = "DTLS failed: " + e;
    } finally {
      pipe.close();
      listener.ended(reason);
    }
  }

  private DTLSTransport handshake() throws IOException {
    return switch (role) {
      case SERVER -> new DTLSServerProtocol().accept(new ServerRole(agreement, pipe::close), pipe);
      case CLIENT ->
          new DTLSClientProtocol().connect(new ClientRole(agreement, profiles, pipe::close), pipe);
    };
  }

  /**
   * Reads on: late flights are answered again in there. After close_notify receiving only ever
   * gives -1; the role's {@code notifyAlertReceived} then closes the pipe.
   */
  private String awaitEnd(DTLSTransport ready) throws IOException {
    byte[] scratch = new byte[ready.getReceiveLimit()];
    while (!pipe.closed()) {
      try {
        int length = ready.receive(scratch, 0, scratch.length, IDLE_WAIT_MILLIS);
        if (length > 0) {
          listener.data(scratch, length);
        }
      } catch (IOException e) {
        if (!pipe.closed()) {
          throw e;
        }
      }
    }
    ready.close();
    return closedHere ? "closed" : "the far side closed";
  }

  private static String sentence(IOException e) {
    @Nullable Throwable cause = e.getCause();
    String message = String.valueOf(e.getMessage());
    return cause == null ? message : message + " (" + cause.getMessage() + ")";
  }
}
