package dev.amphi.interactive.transport.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Who this side is in DTLS: a P-256 key and the certificate it signed itself (RFC 8827 §6.5). Made
 * at start and kept in memory only; the SDP's fingerprint vouches for it.
 */
public final class DtlsIdentity {
  private static final int VALID_DAYS = 365;

  private final BcTlsCrypto crypto;
  private final AsymmetricKeyParameter privateKey;
  private final Certificate chain;
  private final byte[] der;

  private DtlsIdentity(
      BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, Certificate chain, byte[] der) {
    this.crypto = crypto;
    this.privateKey = privateKey;
    this.chain = chain;
    this.der = der;
  }

  /** Makes a key and its certificate, valid from a day before {@code now}. */
  public static DtlsIdentity create(SecureRandom random, Instant now) {
    try {
      ECKeyPairGenerator generator = new ECKeyPairGenerator();
      generator.init(
          new ECKeyGenerationParameters(
              new ECNamedDomainParameters(
                  SECObjectIdentifiers.secp256r1, CustomNamedCurves.getByName("secp256r1")),
              random));
      AsymmetricCipherKeyPair pair = generator.generateKeyPair();
      SubjectPublicKeyInfo publicKey =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
      X500Name name = new X500Name("CN=amphi");
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              new BigInteger(64, random).add(BigInteger.ONE),
              Date.from(now.minus(1, ChronoUnit.DAYS)),
              Date.from(now.plus(VALID_DAYS, ChronoUnit.DAYS)),
              name,
              publicKey);
      AlgorithmIdentifier ecdsa = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      byte[] der =
          builder
              .build(
                  new BcECContentSignerBuilder(
                          ecdsa, new DefaultDigestAlgorithmIdentifierFinder().find(ecdsa))
                      .build(pair.getPrivate()))
              .getEncoded();
      BcTlsCrypto crypto = new GuardedCrypto(random);
      Certificate chain = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, der)});
      return new DtlsIdentity(crypto, pair.getPrivate(), chain, der);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("No certificate could be made for DTLS: " + e, e);
    }
  }

  /** The certificate's DER encoding, for the fingerprint. */
  public byte[] certificate() {
    return der.clone();
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }

  Certificate chain() {
    return chain;
  }
}
