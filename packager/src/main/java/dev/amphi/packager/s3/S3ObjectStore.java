package dev.amphi.packager.s3;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.vault.Fingerprint;
import dev.amphi.packager.vault.ObjectStore;
import dev.amphi.packager.vault.PartReceipt;
import dev.amphi.packager.vault.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A bucket. Each object and part goes with its SHA-256, which the store checks where it knows of
 * that (Amazon's does). What it answers is compared: its SHA-256, or its ETag where that is an MD5;
 * where it tells neither, the bytes are read back.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int BLOCK_BYTES = 8 << 20;

  /** Behind everything that a folder's files are called. */
  private static final String BEHIND = "~";

  private final S3Client client;
  private final String bucket;
  private final S3Failures failures;

  /** Uploads with parts of which the store said nothing that can be compared. */
  private final Set<String> unproven = ConcurrentHashMap.newKeySet();

  private S3ObjectStore(S3Client client, S3Settings settings) {
    this.client = client;
    this.bucket = settings.bucket();
    this.failures = new S3Failures(settings);
  }

  /** Loads the SDK, and touches no network. */
  public static S3ObjectStore open(S3Settings settings) throws IOException {
    return new S3ObjectStore(S3Clients.open(settings), settings);
  }

  @Override
  public void put(String key, ByteBuffer bytes) throws IOException {
    Fingerprint own = Fingerprint.of(bytes);
    PutObjectResponse answer =
        call(
            () ->
                client.putObject(
                    request ->
                        request
                            .bucket(bucket)
                            .key(key)
                            .contentLength(own.length())
                            .checksumSHA256(PartReceipt.base64(own.sha256())),
                    body(bytes)));
    if (!isSame(key, own, answer.checksumSHA256(), etag(answer.eTag()))) {
      requireSame(key, own);
    }
  }

  @Override
  public ByteBuffer get(String key, long from, int most) throws IOException {
    try {
      String range = "bytes=" + from + "-" + (from + most - 1);
      return call(
          () ->
              client
                  .getObjectAsBytes(request -> request.bucket(bucket).key(key).range(range))
                  .asByteBuffer());
    } catch (StoreException e) {
      if (e.getCause() instanceof S3Exception answer
          && answer.statusCode() == RANGE_NOT_SATISFIABLE) {
        return ByteBuffer.allocate(0);
      }
      throw e;
    }
  }

  @Override
  public List<Listed> list(String prefix, String after) throws IOException {
    return call(
            () ->
                client.listObjectsV2(
                    request ->
                        request
                            .bucket(bucket)
                            .prefix(prefix)
                            .startAfter(after.isEmpty() ? null : after)
                            .maxKeys(PAGE)))
        .contents()
        .stream()
        .map(object -> new Listed(object.key(), object.size()))
        .toList();
  }

  @Override
  public List<String> folders(String prefix, String after) throws IOException {
    String behind = after.isEmpty() ? null : after + BEHIND;
    return call(
            () ->
                client.listObjectsV2(
                    request ->
                        request
                            .bucket(bucket)
                            .prefix(prefix)
                            .delimiter("/")
                            .startAfter(behind)
                            .maxKeys(PAGE)))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .filter(name -> name.compareTo(after) > 0)
        .toList();
  }

  @Override
  public void delete(List<String> keys) throws IOException {
    List<ObjectIdentifier> names =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsResponse answer =
        call(
            () ->
                client.deleteObjects(
                    request -> request.bucket(bucket).delete(d -> d.objects(names).quiet(true))));
    if (answer.hasErrors() && !answer.errors().isEmpty()) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "objects in bucket '"
              + bucket
              + "' cannot be deleted ("
              + answer.errors().getFirst().code()
              + ")");
    }
  }

  @Override
  public Upload begin(String key) throws IOException {
    return new Upload(
        key,
        call(() ->
                client.createMultipartUpload(
                    request ->
                        request
                            .bucket(bucket)
                            .key(key)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256)))
            .uploadId());
  }

  @Override
  public PartReceipt put(Upload upload, int number, ByteBuffer bytes) throws IOException {
    Fingerprint own = Fingerprint.of(bytes);
    UploadPartResponse answer =
        call(
            () ->
                client.uploadPart(
                    request ->
                        request
                            .bucket(bucket)
                            .key(upload.key())
                            .uploadId(upload.id())
                            .partNumber(number)
                            .contentLength(own.length())
                            .checksumSHA256(PartReceipt.base64(own.sha256())),
                    body(bytes)));
    if (!isSame(upload.key(), own, answer.checksumSHA256(), etag(answer.eTag()))) {
      unproven.add(upload.id()); // A part cannot be read back: the whole is, at its end.
    }
    return new PartReceipt(
        number, own.length(), etag(answer.eTag()), orEmpty(answer.checksumSHA256()));
  }

  @Override
  public void complete(Upload upload, List<PartReceipt> parts, Fingerprint whole)
      throws IOException {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .checksumSHA256(part.sha256().isEmpty() ? null : part.sha256())
                        .build())
            .toList();
    CompleteMultipartUploadResponse answer =
        call(
            () ->
                client.completeMultipartUpload(
                    request ->
                        request
                            .bucket(bucket)
                            .key(upload.key())
                            .uploadId(upload.id())
                            .multipartUpload(m -> m.parts(completed))));
    boolean told =
        !unproven.remove(upload.id())
            && (WholeChecksum.isBySha256(parts, answer.checksumSHA256())
                || WholeChecksum.isByEtag(parts, etag(answer.eTag())));
    if (!told) {
      requireSame(upload.key(), whole);
    }
  }

  @Override
  public void abort(Upload upload) throws IOException {
    unproven.remove(upload.id());
    try {
      call(
          () ->
              client.abortMultipartUpload(
                  request -> request.bucket(bucket).key(upload.key()).uploadId(upload.id())));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.MISSING) {
        throw e;
      }
    }
  }

  @Override
  public List<Upload> unfinished(String prefix) throws IOException {
    return call(
            () ->
                client.listMultipartUploads(
                    request -> request.bucket(bucket).prefix(prefix).maxUploads(PAGE)))
        .uploads()
        .stream()
        .sorted(
            java.util.Comparator.comparing(
                MultipartUpload::initiated,
                java.util.Comparator.nullsFirst(java.util.Comparator.naturalOrder())))
        .map(upload -> new Upload(upload.key(), upload.uploadId()))
        .toList();
  }

  @Override
  public List<PartReceipt> parts(Upload upload) throws IOException {
    List<PartReceipt> parts = new ArrayList<>();
    @Nullable Integer marker = null;
    while (true) {
      Integer behind = marker;
      ListPartsResponse page =
          call(
              () ->
                  client.listParts(
                      request ->
                          request
                              .bucket(bucket)
                              .key(upload.key())
                              .uploadId(upload.id())
                              .partNumberMarker(behind)));
      page.parts()
          .forEach(
              part ->
                  parts.add(
                      new PartReceipt(
                          part.partNumber(),
                          part.size(),
                          etag(part.eTag()),
                          orEmpty(part.checksumSHA256()))));
      marker = page.nextPartNumberMarker();
      if (!Boolean.TRUE.equals(page.isTruncated())
          || marker == null
          || parts.size() >= MOST_PARTS) {
        return parts;
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static RequestBody body(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromByteArrayUnsafe(array), array.length, "application/octet-stream");
  }

  /** Whether the store said that it has these bytes; false where it said nothing of use. */
  private static boolean isSame(String key, Fingerprint own, @Nullable String sha256, String etag)
      throws IOException {
    if (sha256 != null) {
      if (!sha256.equals(PartReceipt.base64(own.sha256()))) {
        throw damaged(key);
      }
      return true;
    }
    return etag.equals(PartReceipt.hex(own.md5()));
  }

  /** Reads all of an object: slow, and sure. */
  private void requireSame(String key, Fingerprint own) throws IOException {
    Bytes there = hash(key, own.length());
    if (!there.equals(own.sha256())) {
      throw damaged(key);
    }
  }

  private Bytes hash(String key, long length) throws IOException {
    dev.amphi.packager.crypt.Sha256 hash = new dev.amphi.packager.crypt.Sha256();
    for (long at = 0; at <= length; at += BLOCK_BYTES) {
      // A byte more than there should be, so that one that is too long is seen.
      int most = (int) Math.min(BLOCK_BYTES, length + 1 - at);
      hash.add(get(key, at, most));
    }
    return hash.done();
  }

  private static StoreException damaged(String key) {
    return new StoreException(
        StoreException.Kind.DAMAGED, "it has other bytes of " + key + " than were sent");
  }

  private static String etag(@Nullable String quoted) {
    return orEmpty(quoted).replace("\"", "").toLowerCase(Locale.ROOT);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private <T> T call(Supplier<T> request) throws StoreException {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failures.of(e);
    }
  }
}
