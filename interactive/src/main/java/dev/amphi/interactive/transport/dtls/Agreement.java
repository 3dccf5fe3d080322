package dev.amphi.interactive.transport.dtls;

import dev.amphi.interactive.transport.srtp.SrtpKeys;
import dev.amphi.interactive.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Vector;
import java.util.function.Predicate;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** What both roles have to agree on with the far side before any media: profile and certificate. */
final class Agreement {
  /** The first wait for an answer; doubles each time (RFC 6347 §4.2.4.1 allows less than 1 s). */
  static final int RESEND_MILLIS = 400;

  private final DtlsIdentity identity;
  private final Predicate<byte[]> certificateExpected;
  private boolean certificateAccepted;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;

  /**
   * @param certificateExpected whether the far side's SDP vouches for the certificate with this DER
   */
  Agreement(DtlsIdentity identity, Predicate<byte[]> certificateExpected) {
    this.identity = identity;
    this.certificateExpected = certificateExpected;
  }

  DtlsIdentity identity() {
    return identity;
  }

  static ProtocolVersion[] versions() {
    return new ProtocolVersion[] {ProtocolVersion.DTLSv12};
  }

  /** RFC 8827 §6.5 asks for the first; all have forward secrecy and authenticate. */
  static int[] cipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    };
  }

  /** How the far side may sign: its certificate may hold an RSA key, ours is P-256. */
  @SuppressWarnings("JdkObsolete") // Bouncy Castle asks for a Vector
  static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
    Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
    algorithms.add(ecdsaWithSha256());
    algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
    algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
    return algorithms;
  }

  /** Takes the best profile of an offer; refuses an offer without one (RFC 5764 §4.1.1). */
  SrtpProfile choose(@Nullable UseSRTPData offer) throws TlsFatalAlert {
    if (offer != null) {
      for (SrtpProfile candidate : SrtpProfile.values()) {
        for (int number : offer.getProtectionProfiles()) {
          if (number == candidate.number()) {
            profile = candidate;
            return candidate;
          }
        }
      }
    }
    throw new TlsFatalAlert(
        AlertDescription.handshake_failure, "the far side offers no use_srtp profile we speak");
  }

  /** Accepts the one certificate whose fingerprint the SDP gave (RFC 5763 §5). */
  void check(@Nullable Certificate certificate) throws IOException {
    if (certificate == null || certificate.getLength() != 1) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the far side must show exactly one certificate");
    }
    if (!certificateExpected.test(certificate.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate,
          "the certificate's fingerprint is not the one in the SDP");
    }
    certificateAccepted = true;
  }

  TlsCredentialedSigner signer(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        identity.crypto(),
        identity.privateKey(),
        identity.chain(),
        ecdsaWithSha256());
  }

  /** Derives the keys; called when both Finished messages were right. */
  void complete(TlsContext context, boolean client) throws TlsFatalAlert {
    SrtpProfile agreed = profile;
    if (!certificateAccepted || agreed == null) {
      throw new TlsFatalAlert(AlertDescription.certificate_required, "no certificate was shown");
    }
    keys =
        SrtpKeys.split(
            agreed,
            context.exportKeyingMaterial(
                ExporterLabel.dtls_srtp, null, SrtpKeys.exportedBytes(agreed)),
            client);
  }

  /** The keys, or null when the handshake is not complete. */
  @Nullable SrtpKeys keys() {
    return keys;
  }

  private static SignatureAndHashAlgorithm ecdsaWithSha256() {
    return new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
  }
}
