/**
 * The door between a program and what runs it.
 *
 * <p><b>In</b> plans and settings. <b>Out</b> runs, datasets, push ports. <b>Thread</b> said per method. <b>Does not
 * know</b> how any backend works.
 */
package io.millrace.spi;
