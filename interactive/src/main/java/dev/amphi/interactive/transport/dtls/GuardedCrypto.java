package dev.amphi.interactive.transport.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Bouncy Castle's cryptography whose ciphers look at each decrypted handshake record: the limits of
 * {@link DtlsGuard} also hold for what an admitted participant sends encrypted, where the guard
 * cannot see it.
 */
final class GuardedCrypto extends BcTlsCrypto {
  GuardedCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  public TlsCipher createCipher(
      TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
      throws IOException {
    return new GuardedCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
  }

  private record GuardedCipher(TlsCipher cipher) implements TlsCipher {
    @Override
    public TlsDecodeResult decodeCiphertext(
        long sequence, short type, ProtocolVersion version, byte[] in, int offset, int length)
        throws IOException {
      TlsDecodeResult result = cipher.decodeCiphertext(sequence, type, version, in, offset, length);
      if (result.contentType == ContentType.handshake
          && !DtlsGuard.messagesAreSound(result.buf, result.off, result.len)) {
        throw new TlsFatalAlert(AlertDescription.decode_error);
      }
      return result;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
        long sequence,
        short type,
        ProtocolVersion version,
        int headerAllocation,
        byte[] in,
        int offset,
        int length)
        throws IOException {
      return cipher.encodePlaintext(sequence, type, version, headerAllocation, in, offset, length);
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
      return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
      return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
      return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
      return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public void rekeyDecoder() throws IOException {
      cipher.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
      cipher.rekeyEncoder();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
      return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
      return cipher.usesOpaqueRecordTypeEncode();
    }
  }
}
