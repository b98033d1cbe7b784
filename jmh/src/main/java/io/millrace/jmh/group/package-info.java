/** Benchmarks of bringing rows together by key: groups and joins, beside plain Java loops. */
package io.millrace.jmh.group;
