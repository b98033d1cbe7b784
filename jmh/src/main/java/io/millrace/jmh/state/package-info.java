/** Benchmarks of what operators remember: windows and keyed state, beside plain Java maps and fastutil's. */
package io.millrace.jmh.state;
