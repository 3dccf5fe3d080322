package dev.amphi.packager.s3;

import dev.amphi.packager.vault.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the SDK's client: it tries nothing twice, because who calls it knows better when. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** For a part of 8 MiB over a line of 300 kbit/s. */
  private static final Duration CALL = Duration.ofMinutes(4);

  private S3Clients() {}

  static S3Client open(S3Settings settings) throws IOException {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            .forcePathStyle(settings.pathStyle())
            // Our own SHA-256 goes with each object; trailers are not understood everywhere.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Settings settings) throws IOException {
    if (settings.credentials().isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    Path file = settings.credentials().get();
    if (!Files.isReadable(file)) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "recording.s3.credentials_file " + file + " cannot be read by this user");
    }
    try {
      ProfileFile profiles =
          ProfileFile.builder().content(file).type(ProfileFile.Type.CREDENTIALS).build();
      return ProfileCredentialsProvider.builder()
          .profileFile(profiles)
          .profileName("default")
          .build();
    } catch (RuntimeException e) {
      // Its message may quote a line of the file.
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "recording.s3.credentials_file "
              + file
              + " is not as AWS's tools have it: a line [default], then aws_access_key_id = … and"
              + " aws_secret_access_key = …");
    }
  }
}
