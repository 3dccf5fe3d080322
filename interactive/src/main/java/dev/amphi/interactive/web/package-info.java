/**
 * The stage over HTTP: the signalling socket, WHIP and WHEP, and the node that joins rooms with
 * Vert.x and the network.
 */
@NullMarked
package dev.amphi.interactive.web;

import org.jspecify.annotations.NullMarked;
