/** The object store that speaks S3; the only package that knows the SDK. */
@NullMarked
package dev.amphi.packager.s3;

import org.jspecify.annotations.NullMarked;
