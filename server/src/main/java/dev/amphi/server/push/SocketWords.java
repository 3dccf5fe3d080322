package dev.amphi.server.push;

import dev.amphi.packager.push.Destination;
import dev.amphi.packager.push.PushFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import org.jspecify.annotations.Nullable;

/** What a socket's failures mean, in words for the person who gave the destination. */
final class SocketWords {
  private SocketWords() {}

  static PushFailure notReached(Destination destination, IOException e) {
    String where = destination.authority();
    if (e instanceof SocketTimeoutException) {
      return passing("Nobody answers at " + where + ": check host and port, and firewalls.");
    }
    if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")) {
      return passing("The connection to " + where + " is refused: check host and port.");
    }
    return passing("There is no way to " + where + ": check the network.");
  }

  static PushFailure notSecured(Destination destination, IOException e) {
    String host = destination.host();
    if (caused(e, CertificateExpiredException.class)) {
      return passing("The certificate of " + host + " has expired.");
    }
    if (caused(e, CertPathBuilderException.class) || caused(e, CertPathValidatorException.class)) {
      return passing("The certificate of " + host + " is not from anybody that this node trusts.");
    }
    if (caused(e, CertificateException.class)) {
      return passing("The certificate that answers is not that of " + host + ".");
    }
    return passing("No TLS with " + destination.authority() + ": is it rtmps there, or rtmp?");
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
    for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  static PushFailure broken(Destination destination, IOException e) {
    return passing(
        e instanceof SocketTimeoutException
            ? "The platform at " + destination.host() + " stopped answering."
            : "The connection to " + destination.authority() + " broke.");
  }

  private static PushFailure passing(String sentence) {
    return new PushFailure(PushFailure.Kind.PASSING, sentence);
  }
}
