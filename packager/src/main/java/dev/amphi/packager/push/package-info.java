/**
 * What it takes to send a program to another platform: where to, which samples at which time, and
 * RTMP; no socket, thread or clock.
 */
@NullMarked
package dev.amphi.packager.push;

import org.jspecify.annotations.NullMarked;
