package dev.amphi.packager.s3;

import dev.amphi.packager.vault.StoreException;
import dev.amphi.packager.vault.StoreException.Kind;
import java.io.InterruptedIOException;
import java.util.Locale;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in words what the SDK throws; never in the store's own, which may quote a key. */
final class S3Failures {
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int LONGEST = 200;

  private final String where;
  private final String bucket;

  S3Failures(S3Settings settings) {
    where =
        settings
            .endpoint()
            .map(uri -> uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
            .orElse("S3 in " + settings.region());
    bucket = settings.bucket();
  }

  StoreException of(SdkException e) {
    return e instanceof S3Exception answer ? answered(answer) : unanswered(e);
  }

  private StoreException answered(S3Exception e) {
    String code =
        e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode());
    int status = e.statusCode();
    switch (code) {
      case "NoSuchBucket" -> {
        return refused("there is no bucket '" + bucket + "' at " + where + ": make it", e);
      }
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" -> {
        return refused(where + " does not take the credentials (" + code + ")", e);
      }
      case "RequestTimeTooSkewed" -> {
        return refused("the clock of this machine is not that of " + where + ": correct it", e);
      }
      case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch" -> {
        return new StoreException(Kind.DAMAGED, where + " got other bytes than were sent", e);
      }
      default -> {
        return byStatus(code, status, e);
      }
    }
  }

  private StoreException byStatus(String code, int status, S3Exception e) {
    if (status == NOT_FOUND) {
      return new StoreException(Kind.MISSING, "there is no such object (" + code + ")", e);
    }
    String said = where + " answered " + status + (code.isEmpty() ? "" : " (" + code + ")");
    if (status == FORBIDDEN) {
      return refused(said + ": these credentials may not do that in bucket '" + bucket + "'", e);
    }
    // A redirect means another region.
    boolean client = status >= CLIENT_ERROR && status < SERVER_ERROR && status != TOO_MANY;
    boolean passing = code.equals("RequestTimeout") || code.equals("IncompleteBody");
    if (status < CLIENT_ERROR || (client && !passing)) {
      return refused(said + ": look at recording.s3.endpoint, region, bucket and path_style", e);
    }
    return new StoreException(Kind.AWAY, said, e);
  }

  private StoreException unanswered(SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("credentials")) {
      return refused(
          "there are no credentials for it: name a file in recording.s3.credentials_file, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          e);
    }
    if (e instanceof AbortedException) {
      return new StoreException(Kind.AWAY, where + " took too long", new InterruptedIOException());
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    return new StoreException(
        Kind.AWAY,
        where
            + " cannot be reached ("
            + (why.length() > LONGEST ? why.substring(0, LONGEST) : why)
            + ")",
        e);
  }

  private static StoreException refused(String sentence, Throwable e) {
    return new StoreException(Kind.REFUSED, sentence, e);
  }
}
