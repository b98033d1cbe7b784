package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of the JVM under a running context (behaviour spec 2.3). */
class ShutdownTest {
    @ParameterizedTest
    @CsvSource({"true,'main ends\nprocessed [1, 2]\n'", "false,'main ends\n'"})
    void whatWasReceivedIsProcessedBeforeTheJvmEndsIfThatIsWanted(String isWanted, String output) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add); // what this JVM needs, the other one does, too
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ShutdownProgram.class.getName(), isWanted));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals(output, printed.replace(System.lineSeparator(), "\n"));
    }
}
