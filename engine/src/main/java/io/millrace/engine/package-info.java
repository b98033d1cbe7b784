/** The engine's own settings. Its rooms are the packages below; {@code engine.local} wires them. */
package io.millrace.engine;
