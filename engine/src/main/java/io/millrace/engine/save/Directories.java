package io.millrace.engine.save;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** What is done to directories as wholes. Symbolic links are never followed. */
final class Directories {
    private Directories() {}

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Delete a file or a directory with all that is in it; nothing there is fine. */
    static void delete(Path path, DirectoryNames names) throws IOException {
        if (!exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                names.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                if (failed != null && !(failed instanceof NoSuchFileException)) {
                    throw failed;
                }
                names.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Make a directory and those above it, so that their names last; those that are there stay as they are. */
    static void make(Path directory, DirectoryNames names) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        make(directory.getParent(), names);
        try {
            names.make(directory);
        } catch (FileAlreadyExistsException made) {
            if (!Files.isDirectory(directory)) {
                throw made;
            }
        }
        names.force(directory.getParent());
    }

    /** Let the names in a directory outlive a loss of power. Where directories cannot be opened, nothing can be done. */
    static void force(Path directory) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException cannotBeOpened) {
            return;
        }
        try (opened) {
            opened.force(true);
        }
    }

    /** The name of something in a directory that saving does not put there; null if there is none. */
    static String foreignName(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean isOfMarkers = name.startsWith("_") || name.startsWith(".");
                if (!isOfMarkers && !name.matches("part-\\d+") || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    return name;
                }
            }
        }
        return null;
    }
}
