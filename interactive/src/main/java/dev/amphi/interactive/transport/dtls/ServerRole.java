package dev.amphi.interactive.transport.dtls;

import dev.amphi.interactive.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** The DTLS server's decisions: asks for a certificate and picks the SRTP profile itself. */
@SuppressWarnings("rawtypes") // Bouncy Castle's extension tables have no type arguments
final class ServerRole extends DefaultTlsServer {
  private final Agreement agreement;
  private final Runnable closeNotify;
  private @Nullable SrtpProfile profile;

  ServerRole(Agreement agreement, Runnable closeNotify) {
    super(agreement.identity().crypto());
    this.agreement = agreement;
    this.closeNotify = closeNotify;
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
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return agreement.signer(context);
  }

  @Override
  public void processClientExtensions(@Nullable Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    profile =
        agreement.choose(extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions));
  }

  @Override
  public Hashtable getServerExtensions() throws IOException {
    if (profile == null) {
      profile = agreement.choose(null);
    }
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(new int[] {profile.number()}, new byte[0]));
    return extensions;
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        Agreement.signatureAlgorithms(),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    agreement.check(certificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    agreement.complete(context, false);
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
