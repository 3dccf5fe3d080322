package dev.amphi.server.push;

import dev.amphi.packager.push.CodedSample;
import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import dev.amphi.packager.push.RtmpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * RTMP over TCP, or over TLS with the platform's certificate verified. While it is open a thread of
 * its own hears what the platform says; what has to be answered goes out with the next sample.
 */
final class RtmpOutlet implements Outlet {
  private static final System.Logger LOG = System.getLogger(RtmpOutlet.class.getName());
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_BYTES = 16 * 1024;

  private final Destination destination;
  private final Reach reach;
  private final SSLSocketFactory tls;
  private final RtmpSession session;
  private final LongSupplier nanoClock;
  private final HearLimit limit;
  private final ReentrantLock sessionLock = new ReentrantLock();
  private volatile boolean closed;

  /** Below TLS, if there is any: to close it never waits. */
  private volatile @Nullable Socket plain;

  private volatile @Nullable Socket spoken;
  private volatile @Nullable PushFailure heard;

  RtmpOutlet(
      Destination destination,
      Reach reach,
      SSLSocketFactory tls,
      SecureRandom random,
      LongSupplier nanoClock) {
    this.destination = destination;
    this.reach = reach;
    this.tls = tls;
    byte[] bytes = new byte[RtmpSession.RANDOM_BYTES];
    random.nextBytes(bytes);
    this.session = new RtmpSession(destination, bytes);
    this.nanoClock = nanoClock;
    this.limit = new HearLimit(nanoClock.getAsLong());
  }

  @Override
  public void open() throws PushFailure {
    Socket socket = connect(reach.addresses(destination));
    try {
      Socket talking = destination.scheme() == Destination.Scheme.RTMPS ? secure(socket) : socket;
      spoken = talking;
      InputStream in = talking.getInputStream();
      OutputStream out = talking.getOutputStream();
      byte[] buffer = new byte[READ_BYTES];
      while (true) {
        out.write(session.takeOutput());
        out.flush();
        if (session.isLive()) {
          break;
        }
        int count = in.read(buffer);
        if (count < 0) {
          throw new PushFailure(
              PushFailure.Kind.REFUSED,
              "The platform at "
                  + destination.host()
                  + " hung up before it took the stream: check application and stream key.");
        }
        hear(ByteBuffer.wrap(buffer, 0, count));
      }
      Thread.ofVirtual().name("push-reader").start(() -> listen(in));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The first address that answers. */
  private Socket connect(List<InetAddress> addresses) throws PushFailure {
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      plain = socket;
      try {
        if (closed) {
          break;
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, destination.port()), CONNECT_MILLIS);
        return socket;
      } catch (IOException e) {
        last = e;
        shut(socket);
      }
    }
    throw SocketWords.notReached(destination, last);
  }

  /** TLS with the platform's name in it, in both directions (RFC 6066 §3, RFC 9525). */
  private SSLSocket secure(Socket socket) throws IOException, PushFailure {
    SSLSocket secured =
        (SSLSocket) tls.createSocket(socket, destination.host(), destination.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    try {
      secured.startHandshake();
    } catch (IOException e) {
      throw SocketWords.notSecured(destination, e);
    }
    return secured;
  }

  private void listen(InputStream in) {
    byte[] buffer = new byte[READ_BYTES];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hear(ByteBuffer.wrap(buffer, 0, count));
      }
      heard =
          new PushFailure(
              PushFailure.Kind.PASSING,
              "The platform at " + destination.host() + " ended the connection.");
    } catch (PushFailure e) {
      heard = e;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} says no more: {1}", destination, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "What " + destination + " says could not be read", e);
      heard =
          new PushFailure(
              PushFailure.Kind.PASSING,
              "What the platform at "
                  + destination.host()
                  + " says could not be read: this node's log says why.");
    } finally {
      close();
    }
  }

  private void hear(ByteBuffer bytes) throws PushFailure {
    if (!limit.take(bytes.remaining(), nanoClock.getAsLong())) {
      throw new PushFailure(
          PushFailure.Kind.REFUSED,
          "The platform at "
              + destination.host()
              + " says more than a publisher can expect: check host, port and scheme.");
    }
    sessionLock.lock();
    try {
      session.receive(bytes);
    } finally {
      sessionLock.unlock();
    }
  }

  @Override
  public void send(CodedSample sample) throws PushFailure {
    byte[] bytes;
    sessionLock.lock();
    try {
      session.send(sample);
      bytes = session.takeOutput();
    } finally {
      sessionLock.unlock();
    }
    Socket socket = spoken;
    try {
      if (socket == null) {
        throw new IOException("not open");
      }
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What the platform said counts more than that the socket is closed since. */
  private PushFailure broken(IOException e) {
    PushFailure said = heard;
    return said != null ? said : SocketWords.broken(destination, e);
  }

  @Override
  public void finish() {
    Socket socket = spoken;
    if (socket == null) {
      return;
    }
    sessionLock.lock();
    try {
      session.finish();
      socket.getOutputStream().write(session.takeOutput());
      socket.shutdownOutput();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} heard no end: {1}", destination, e.getMessage());
    } finally {
      sessionLock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    Socket socket = plain;
    if (socket != null) {
      shut(socket);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A socket is not closed: {0}", e.getMessage());
    }
  }
}
