package dev.amphi.packager.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * A real S3 server in this process, which checks signatures: S3Proxy, with its objects in memory.
 */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "school";
  private static final String KEY = "AKIATEST";
  private static final String SECRET = "0123456789abcdef";

  private final S3Proxy server;

  private S3Server(S3Proxy server) {
    this.server = server;
  }

  public static S3Server start() throws Exception {
    TransientNio2BlobStore objects = new TransientNio2BlobStore();
    objects.createContainer(CreateBucketRequest.builder().bucket(BUCKET).build());
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .build();
    server.start();
    return new S3Server(server);
  }

  public int port() {
    return server.getPort();
  }

  /** How to reach it, with the right credentials. */
  public S3Settings settings(Path folder) throws IOException {
    return settings(folder, port(), BUCKET, SECRET);
  }

  public S3Settings settings(Path folder, int port, String bucket, String secret)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("credentials-" + secret.hashCode()),
            "[default]\naws_access_key_id = " + KEY + "\naws_secret_access_key = " + secret + "\n");
    return new S3Settings(
        Optional.of(URI.create("http://127.0.0.1:" + port)),
        "us-east-1",
        bucket,
        true,
        Optional.of(file));
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
