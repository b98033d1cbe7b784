/**
 * The settings: which there are, and how their texts are read.
 *
 * <p><b>In</b> texts. <b>Out</b> checked values. <b>Thread</b> any; everything here is immutable. <b>Does not know</b>
 * who sets them or uses them: programs set them in {@code MillraceConf}, and each room gets a record of its own, made
 * once.
 */
package io.millrace.conf;
