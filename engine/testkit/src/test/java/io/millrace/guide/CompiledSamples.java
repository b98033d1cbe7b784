package io.millrace.guide;

import io.millrace.guide.GuidePage.Sample;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The samples of a page, compiled. What is written around a fragment stands on one line, and as many empty lines come before
 * it as it has above it on the page: so the compiler's messages and stack traces name the page's own lines.
 */
final class CompiledSamples implements AutoCloseable {
    private static final String PACKAGE = "guide";
    private static final Pattern PUBLIC_CLASS = Pattern.compile("^public (?:final )?class (\\w+)", Pattern.MULTILINE);
    private static final String IMPORTS = "import io.millrace.api.*; import io.millrace.api.function.*;"
            + " import io.millrace.api.listener.*; import io.millrace.api.receiver.*;"
            + " import java.io.*; import java.nio.file.*; import java.util.*; import java.util.concurrent.*;";

    private final URLClassLoader loader;

    private CompiledSamples(URLClassLoader loader) {
        this.loader = loader;
    }

    /** Compiles all samples, without a warning, into an empty directory. */
    static CompiledSamples of(List<Sample> samples, Path page, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d", directory.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-serial,-path");
        List<Source> sources = samples.stream().map(Source::new).toList();
        boolean done =
                compiler.getTask(null, null, problems, options, null, sources).call();
        List<String> messages = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            messages.add(page.getFileName() + ":" + problem.getLineNumber() + ": " + problem.getMessage(null));
        }
        if (!done || !messages.isEmpty()) {
            throw new AssertionError("the page's code does not compile cleanly:\n" + String.join("\n", messages));
        }
        try {
            URL classes = directory.toUri().toURL();
            return new CompiledSamples(new URLClassLoader(new URL[] {classes}, Stage.class.getClassLoader()));
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The stage that plays a fragment, new. */
    Stage stage(Sample fragment) throws ReflectiveOperationException {
        return classOf(fragment).asSubclass(Stage.class).getConstructor().newInstance();
    }

    /** The class of a sample. */
    Class<?> classOf(Sample sample) throws ClassNotFoundException {
        return loader.loadClass(nameOf(sample));
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static String nameOf(Sample sample) {
        if (!sample.isProgram()) {
            return PACKAGE + ".Line" + sample.line();
        }
        Matcher name = PUBLIC_CLASS.matcher(sample.code());
        if (!name.find()) {
            throw new AssertionError(sample + ": a program without a public class");
        }
        return name.group(1);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Sample sample;

        Source(Sample sample) {
            super(URI.create("string:///" + nameOf(sample).replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.sample = sample;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            String above = "\n".repeat(sample.line() - 1);
            if (sample.isProgram()) {
                return above + sample.code() + "\n";
            }
            return "package " + PACKAGE + "; " + IMPORTS + " public final class Line" + sample.line()
                    + " extends io.millrace.guide.Stage { @Override public void run() throws Exception {" + above
                    + sample.code() + "\n}}\n";
        }
    }
}
