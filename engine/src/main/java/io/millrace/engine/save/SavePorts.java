package io.millrace.engine.save;

/** What saving does to files. A simulator passes what fails, or ends the process. */
public interface SavePorts {
    /** Files on the disk. */
    SavePorts ON_DISK = new SavePorts() {};

    /** What makes the files. */
    default PartOpener parts() {
        return PartOpener.ON_DISK;
    }

    /**
     * What names directories.
     *
     * @param forces whether forcing is done at all
     */
    default DirectoryNames names(boolean forces) {
        return DirectoryNames.onDisk(forces);
    }
}
