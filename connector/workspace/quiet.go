package workspace

import (
	"context"
	"sync"

	"github.com/databricks/databricks-sdk-go/logger"
)

// silenceSDK stops the SDK from writing to standard error, where a warning would land in the middle of a frame.
var silenceSDK = sync.OnceFunc(func() { logger.DefaultLogger = noLog{} })

type noLog struct{}

func (noLog) Enabled(context.Context, logger.Level) bool     { return false }
func (noLog) Tracef(context.Context, string, ...interface{}) {}
func (noLog) Debugf(context.Context, string, ...interface{}) {}
func (noLog) Infof(context.Context, string, ...interface{})  {}
func (noLog) Warnf(context.Context, string, ...interface{})  {}
func (noLog) Errorf(context.Context, string, ...interface{}) {}
