package dev.amphi.interactive.transport.dtls;

import dev.amphi.interactive.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The DTLS client's decisions: offers all SRTP profiles and shows its own certificate. */
@SuppressWarnings("rawtypes") // Bouncy Castle's extension tables have no type arguments
final class ClientRole extends DefaultTlsClient {
  private final Agreement agreement;
  private final int[] profiles;
  private final Runnable closeNotify;

  /**
   * @param profiles the numbers to offer; empty to send no {@code use_srtp} at all
   */
  ClientRole(Agreement agreement, int[] profiles, Runnable closeNotify) {
    super(agreement.identity().crypto());
    this.agreement = agreement;
    this.profiles = profiles;
    this.closeNotify = closeNotify;
  }

  static int[] allProfiles() {
    SrtpProfile[] values = SrtpProfile.values();
    int[] numbers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = values[i].number();
    }
    return numbers;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return Agreement.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return Agreement.cipherSuites();
  }

  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
    if (profiles.length > 0) {
      TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, new byte[0]));
    }
    return extensions;
  }

  @Override
  public void processServerExtensions(@Nullable Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    agreement.choose(extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        agreement.check(server.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return agreement.signer(context);
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    agreement.complete(context, true);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    super.notifyAlertReceived(level, description);
    if (description == AlertDescription.close_notify) {
      closeNotify.run();
    }
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return Agreement.RESEND_MILLIS;
  }
}
