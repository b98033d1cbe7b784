/**
 * This machine as a backend: the one place that wires the engine's rooms together, and closes them.
 *
 * <p><b>In</b> plans and settings. <b>Out</b> runs. <b>Thread</b> makes the conductor's, the job thread and the core
 * workers'. <b>Does not know</b> how any room works inside.
 */
package io.millrace.engine.local;
