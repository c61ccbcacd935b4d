package web

import "svod/internal/core"

// Addresses of import, export and vocabularies.

func exportURL(typ string) string { return "/export/" + typ }

func importStageURL(id core.ID) string   { return importURL() + "/file/" + string(id) }
func importColumnsURL(id core.ID) string { return importStageURL(id) + "/columns" }
func importTrialURL(id core.ID) string   { return importStageURL(id) + "/trial" }
func importDoneURL(id core.ID) string    { return importURL() + "/done/" + string(id) }

func vocabulariesURL() string          { return "/vocabularies" }
func vocabularyURL(name string) string { return vocabulariesURL() + "/" + name }
