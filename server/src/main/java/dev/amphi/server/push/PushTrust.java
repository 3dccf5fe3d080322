package dev.amphi.server.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates RTMPS believes. */
public final class PushTrust {
  private PushTrust() {}

  /**
   * TLS that verifies.
   *
   * @param authorities a file of PEM certificates that are trusted instead of Java's own
   * @throws IOException with a sentence for the operator
   */
  public static SSLSocketFactory of(Optional<Path> authorities) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      // Without a store it takes those that come with Java.
      trust.init(authorities.isPresent() ? store(authorities.get()) : (KeyStore) null);
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "there are no certificates that could be trusted (" + e.getMessage() + ")", e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("push-" + number++, each);
      }
    }
    if (store.size() == 0) {
      throw new IOException("'" + file + "' has no certificate (PEM) in it");
    }
    return store;
  }
}
