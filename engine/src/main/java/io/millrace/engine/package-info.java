/**
 * The engine's own settings. Its rooms are the packages below; {@code engine.local} wires them.
 *
 * <p><b>In</b> a program's configuration. <b>Out</b> checked numbers and switches. <b>Thread</b> any. <b>Does not know</b> what
 * the rooms do with them.
 */
package io.millrace.engine;
