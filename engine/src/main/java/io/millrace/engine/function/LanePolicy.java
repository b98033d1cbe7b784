package io.millrace.engine.function;

/**
 * How loops are made, for all operators of an engine.
 *
 * @param specialised whether records may be held in primitive and byte lanes; false keeps every record as an object
 * @param classes loop classes, one set per shape
 * @param misses told when a lane turned out too narrow
 */
public record LanePolicy(boolean specialised, ShapeClasses classes, LaneMisses misses) {}
