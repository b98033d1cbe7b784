package io.millrace.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The code on a page of documentation: its fenced blocks, and what the page says they print. */
final class GuidePage {
    private static final String FENCE = "```";

    /**
     * One block of Java.
     *
     * @param heading the nearest one above it
     * @param line where its first line stands on the page, from 1
     * @param output the lines of the block {@code output} that follows, without empty ones; none if there is no such block
     */
    record Sample(String heading, int line, String code, List<String> output) {
        /** Whether it is a file of its own, rather than some statements. */
        boolean isProgram() {
            return code.startsWith("import ");
        }

        private Sample printing(List<String> lines) {
            return new Sample(heading, line, code, lines);
        }

        @Override
        public String toString() {
            return heading + ", line " + line;
        }
    }

    private record Block(String language, String heading, int line, List<String> lines) {}

    private GuidePage() {}

    /** The blocks marked {@code java} of a page; each takes the block marked {@code output} that comes before the next. */
    static List<Sample> samples(Path page) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Block block : blocks(Files.readAllLines(page))) {
            if (block.language().equals("java")) {
                samples.add(new Sample(block.heading(), block.line(), String.join("\n", block.lines()), List.of()));
            } else if (block.language().equals("output")) {
                int last = samples.size() - 1;
                samples.set(last, samples.get(last).printing(withoutEmpty(block.lines())));
            }
        }
        return samples;
    }

    private static List<String> withoutEmpty(List<String> lines) {
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    private static List<Block> blocks(List<String> page) {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        for (int i = 0; i < page.size(); i++) {
            String line = page.get(i);
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ *", "");
            } else if (line.startsWith(FENCE)) {
                List<String> lines = new ArrayList<>();
                int first = i + 2;
                for (i++; !page.get(i).equals(FENCE); i++) {
                    lines.add(page.get(i));
                }
                blocks.add(new Block(line.substring(FENCE.length()), heading, first, lines));
            }
        }
        return blocks;
    }
}
