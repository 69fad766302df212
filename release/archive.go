package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"time"
)

// tarOf is a tar archive of files in order, each with the folders that it needs.
func tarOf(files []File, prefix string, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	header := func(name string, kind byte, mode, size int64) error {
		return w.WriteHeader(&tar.Header{
			Typeflag: kind, Name: name, Mode: mode, Size: size, ModTime: at, Uname: "root", Gname: "root", Format: tar.FormatUSTAR,
		})
	}
	var made []string
	for _, f := range files {
		for _, folder := range above(f.Name) {
			if slices.Contains(made, folder) {
				continue
			}
			made = append(made, folder)
			if err := header(prefix+folder+"/", tar.TypeDir, 0o755, 0); err != nil {
				return nil, err
			}
		}
		if err := header(prefix+f.Name, tar.TypeReg, f.Mode, int64(len(f.Data))); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// above are the folders of a name, the outermost first.
func above(name string) (folders []string) {
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		folders = append(folders, folder)
	}
	slices.Reverse(folders)
	return folders
}

func tarGz(files []File, prefix string, at time.Time) ([]byte, error) {
	data, err := tarOf(files, prefix, at)
	if err != nil {
		return nil, err
	}
	return zipped(data)
}

// zipOf is a zip archive. Its times cannot be before 1980.
func zipOf(files []File, at time.Time) ([]byte, error) {
	if first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); at.Before(first) {
		at = first
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at}
		h.SetMode(fsMode(f.Mode))
		out, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := out.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}
