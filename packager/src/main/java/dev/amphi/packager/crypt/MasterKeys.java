package dev.amphi.packager.crypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The operator's keys, which the keys of recordings are wrapped with. The first one wraps new
 * recordings; the others still open older ones. Thread-safe.
 */
public final class MasterKeys {
  private static final System.Logger LOG = System.getLogger(MasterKeys.class.getName());
  private static final String FORMAT = "amphi-recording-key-1";
  private static final int HEX_DIGITS = 64;
  private static final int ID_DIGITS = 16;

  private final Map<String, byte[]> keys;
  private final String first;
  private final SecureRandom random;

  private MasterKeys(Map<String, byte[]> keys, SecureRandom random) {
    this.keys = keys;
    this.first = keys.keySet().iterator().next();
    this.random = random;
  }

  /**
   * Reads a file: a key a line, as 64 hexadecimal digits; what begins with # is a comment.
   *
   * @throws KeyUnavailableException with what is wrong with the file, and no word of its content
   */
  public static MasterKeys read(Path file, SecureRandom random) throws KeyUnavailableException {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    if (isOpenToOthers(file)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "other users of this machine can read the master keys in {0}: run ''chmod 600'' on it,"
              + " or every recording is open to them",
          file);
    }
    int number = 0;
    try {
      for (String line : Files.readString(file, StandardCharsets.US_ASCII).split("\n", -1)) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        if (text.length() != HEX_DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
          throw new KeyUnavailableException(
              "line "
                  + number
                  + " of "
                  + file
                  + " has "
                  + text.length()
                  + " characters and is no key: a key is 64 hexadecimal digits, as"
                  + " 'openssl rand -hex 32' prints");
        }
        byte[] key = HexFormat.of().parseHex(text);
        keys.put(id(key), key);
      }
    } catch (KeyUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw new KeyUnavailableException(
          "the file of master keys cannot be read ("
              + e
              + "): make it by"
              + " 'openssl rand -hex 32', and let this user read it");
    }
    if (keys.isEmpty()) {
      throw new KeyUnavailableException(
          file + " holds no key: put the output of 'openssl rand -hex 32' into it");
    }
    return new MasterKeys(keys, random);
  }

  /** Whether more users than its owner may read a file; false where nobody can say. */
  static boolean isOpenToOthers(Path file) {
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      return allowed.contains(PosixFilePermission.GROUP_READ)
          || allowed.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Wraps a key with the first master key, as one line.
   *
   * @param about the recording; only there it can be unwrapped
   */
  public String wrap(RecordingKey key, String about) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] wrapped = cipher(first).seal(nonce, bytes(about), ByteBuffer.wrap(key.secret()));
    return FORMAT
        + " "
        + first
        + " "
        + HexFormat.of().formatHex(nonce)
        + HexFormat.of().formatHex(wrapped)
        + "\n";
  }

  /** Unwraps a key that was wrapped for the same recording. */
  public RecordingKey unwrap(String line, String about) throws IOException {
    String[] words = line.strip().split(" ", -1);
    if (words.length != 3 || !words[0].equals(FORMAT)) {
      throw new KeyUnavailableException("its key file is damaged");
    }
    if (!keys.containsKey(words[1])) {
      throw missing(words[1]);
    }
    try {
      byte[] all = HexFormat.of().parseHex(words[2]);
      ByteBuffer wrapped =
          ByteBuffer.wrap(all, AesGcm.NONCE_BYTES, all.length - AesGcm.NONCE_BYTES);
      byte[] nonce = java.util.Arrays.copyOf(all, AesGcm.NONCE_BYTES);
      return new RecordingKey(cipher(words[1]).open(nonce, bytes(about), wrapped));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ForgedException e) {
      throw new KeyUnavailableException("its key file is damaged, or of another recording");
    }
  }

  /** What to say where a recording's key was wrapped and there is no such master key. */
  public static KeyUnavailableException missing(String wrapped) {
    String id = wrapped.strip().replaceFirst("^" + FORMAT + " ", "");
    String named = id.length() < ID_DIGITS ? "unknown" : id.substring(0, ID_DIGITS);
    return new KeyUnavailableException(
        "it is encrypted, and its master key ("
            + named
            + ") is not in recording.master_key_file: put it back as one more line");
  }

  private AesGcm cipher(String id) {
    byte[] key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException("no master key " + id);
    }
    return new AesGcm(key);
  }

  /** Names a key without telling anything of it. */
  private static String id(byte[] key) {
    byte[] named = Hkdf.derive(key, "amphi master key id");
    return HexFormat.of().formatHex(named).substring(0, ID_DIGITS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
