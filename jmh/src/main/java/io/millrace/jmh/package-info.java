/** Benchmarks. Each package mirrors the room it measures; {@code scripts/bench help} lists what can be run. */
package io.millrace.jmh;
