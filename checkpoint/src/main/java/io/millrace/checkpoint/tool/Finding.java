package io.millrace.checkpoint.tool;

/**
 * Something that is not as it was written.
 *
 * @param file its name in the directory
 * @param offset bytes from its beginning; -1 if it is about the whole file
 * @param what is wrong, with the code
 */
public record Finding(String file, long offset, String what) {}
