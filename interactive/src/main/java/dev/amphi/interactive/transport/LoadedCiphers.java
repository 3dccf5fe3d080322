package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * The libraries of SRTP and of certificates, which take two seconds of a processor to load and
 * would do it on the loop of the first participant's room. Loaded once by whoever asks first;
 * whoever asks meanwhile waits for it, as the Java machine lets only one thread initialise a class.
 */
final class LoadedCiphers {
  static {
    SrtpContext.warmUp();
    DtlsIdentity.create(new SecureRandom(), Instant.EPOCH);
  }

  private LoadedCiphers() {}

  /** Returns when all is loaded. */
  static void await() {}

  /** Begins to load, on a thread of its own. */
  static void begin() {
    Thread.ofPlatform().daemon().name("cipher-loading").start(LoadedCiphers::await);
  }
}
