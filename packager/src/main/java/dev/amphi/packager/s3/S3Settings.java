package dev.amphi.packager.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bucket is. No secret is in here: keys are read from the file, or where there is none
 * from where AWS's own tools look (the environment first).
 *
 * @param endpoint of a store that is not Amazon's
 * @param pathStyle whether the bucket stands in the path instead of the host's name
 * @param credentials a file as AWS's tools have it, of which the profile {@code default} counts
 */
public record S3Settings(
    Optional<URI> endpoint,
    String region,
    String bucket,
    boolean pathStyle,
    Optional<Path> credentials) {}
