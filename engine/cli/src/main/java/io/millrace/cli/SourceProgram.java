package io.millrace.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * One Java source file, compiled in memory against the class path of this JVM, so that nothing is left behind whatever
 * happens to the process.
 */
final class SourceProgram {
    private static final List<String> OPTIONS = List.of("-g", "-parameters", "-proc:none", "-nowarn");

    private SourceProgram() {}

    /**
     * Compiles the file.
     *
     * @return the first top-level class in it that has a main method, loaded but not initialised
     * @throws ProgramException if it does not compile (with all that javac says) or has no such class
     */
    static Class<?> compile(Path file) throws IOException, ProgramException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new ProgramException("the Java in " + System.getProperty("java.home")
                    + " has no compiler (it is a JRE, or lacks module jdk.compiler); use a JDK 17 or later");
        }
        StringWriter said = new StringWriter();
        StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
        try (CompiledClasses classes = new CompiledClasses(files)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(said, classes, null, OPTIONS, null, files.getJavaFileObjects(file));
            List<String> topLevel = new ArrayList<>();
            task.addTaskListener(new TaskListener() {
                @Override
                public void finished(TaskEvent event) {
                    if (event.getKind() == TaskEvent.Kind.PARSE) {
                        addTopLevelClasses(event.getCompilationUnit(), topLevel);
                    }
                }
            });
            if (!task.call()) {
                throw new ProgramException(said.toString().stripTrailing());
            }
            return withMain(topLevel, classes.loader(), file);
        }
    }

    private static List<Path> classPath() {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry));
        }
        return entries;
    }

    private static void addTopLevelClasses(CompilationUnitTree unit, List<String> names) {
        String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                names.add(prefix + type.getSimpleName());
            }
        }
    }

    private static Class<?> withMain(List<String> names, ClassLoader loader, Path file) throws ProgramException {
        for (String name : names) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                Method main = type.getDeclaredMethod("main", String[].class);
                if (Modifier.isStatic(main.getModifiers()) && Modifier.isPublic(main.getModifiers())) {
                    return type;
                }
            } catch (NoSuchMethodException e) {
                // the next one, perhaps
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(file + " declares " + name + ", but javac made no such class", e);
            }
        }
        throw new ProgramException("no class in " + file + " has a method: public static void main(String[] args)");
    }
}
