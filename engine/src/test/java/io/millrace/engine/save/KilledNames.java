package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file system as a process sees it that is killed before one of its operations: none after that is done. */
final class KilledNames implements DirectoryNames {
    private final DirectoryNames onDisk = DirectoryNames.onDisk(true);
    private final int killedAt;
    private final List<String> done = new ArrayList<>();
    private boolean isDead;

    /** @param killedAt the number of the operation that is not done any more, from 0 */
    KilledNames(int killedAt) {
        this.killedAt = killedAt;
    }

    /** What was done, each as verb and last name. */
    List<String> done() {
        return done;
    }

    boolean isDead() {
        return isDead;
    }

    /** Do one thing more, or be killed. */
    void operation(String what) throws IOException {
        isDead |= done.size() == killedAt;
        if (isDead) {
            throw new IOException("killed before " + what);
        }
        done.add(what);
    }

    @Override
    public void make(Path directory) throws IOException {
        operation("make " + directory.getFileName());
        onDisk.make(directory);
    }

    @Override
    public void mark(Path file) throws IOException {
        operation("mark " + file.getFileName());
        onDisk.mark(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        operation("rename " + from.getFileName() + " " + to.getFileName());
        onDisk.rename(from, to);
    }

    @Override
    public void delete(Path entry) throws IOException {
        operation("delete " + entry.getFileName());
        onDisk.delete(entry);
    }

    @Override
    public void force(Path directory) throws IOException {
        operation("force " + directory.getFileName());
        onDisk.force(directory);
    }
}
