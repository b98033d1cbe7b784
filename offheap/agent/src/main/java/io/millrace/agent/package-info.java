/**
 * Module access for Chronicle Map, instead of JVM flags: {@code java -javaagent:millrace-agent.jar}.
 *
 * <p><b>In</b> the {@code Instrumentation} of the starting JVM. <b>Out</b> JDK packages opened to the class path.
 * <b>Thread</b> the JVM's main thread, before {@code main}. <b>Files</b> none. <b>Does not know</b> anything of Millrace or Chronicle.
 */
package io.millrace.agent;
