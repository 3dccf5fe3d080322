/** The HTTP face of the packager; the only package that knows Vert.x. */
@NullMarked
package dev.amphi.packager.web;

import org.jspecify.annotations.NullMarked;
